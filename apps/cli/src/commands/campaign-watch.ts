/**
 * `lastref campaign watch`: shows a campaign while it runs, ends when it does, and answers like `status`. A service that is
 * restarted meanwhile is found again.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { campaignSummarySchema, type CampaignSummary } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { FIRST_RETRY_MS, LAST_RETRY_MS, RETRIES } from '../limits.js';
import { INTERRUPTED, ok, refused, type Outcome, type Result } from '../outcome.js';
import { Client } from '../service/client.js';
import { eventData } from '../service/events.js';
import { serviceUrl } from '../service/service-url.js';
import { statusOf, type CampaignStatusOptions } from './campaign-status.js';

export async function campaignWatch(
  id: number,
  options: CampaignStatusOptions,
  io: Io,
): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const ended = await follow(client, id, io);
  io.progress.end();
  return ended.ok ? statusOf(client, id) : ended.refusal;
}

/** Until the campaign has ended. Every snapshot from the service lets it go away again for as long as it may. */
async function follow(client: Client, id: number, io: Io): Promise<Result<undefined>> {
  const seen = { begun: false, failures: 0 };
  const show = (campaign: CampaignSummary): void => {
    seen.failures = 0;
    if (!seen.begun) io.progress.begin(campaign.schedules, 'schedules', campaign.executed);
    seen.begun = true;
    io.progress.update(campaign.executed);
  };
  for (;;) {
    const ended = await followOnce(client, id, io, show);
    // Who cannot be reached at all, or does not know the campaign, was named wrongly.
    if (ended.ok || !seen.begun || ended.refusal.exit !== EXIT.environment) return ended;
    if (seen.failures === RETRIES) return ended;
    if (seen.failures === 0) io.note(`${ended.refusal.message}; looking for it again`);
    const pauseMs = Math.min(FIRST_RETRY_MS * 2 ** seen.failures, LAST_RETRY_MS);
    seen.failures += 1;
    await pause(pauseMs, undefined, { signal: io.signal }).catch(() => undefined);
    if (io.signal.aborted) return { ok: false, refusal: INTERRUPTED };
  }
}

async function followOnce(
  client: Client,
  id: number,
  io: Io,
  show: (campaign: CampaignSummary) => void,
): Promise<Result<undefined>> {
  const response = await client.stream({
    method: 'GET',
    path: `/campaigns/${id}/events`,
    accept: 'text/event-stream',
  });
  if (!response.ok) return response;
  const { body } = response.value;
  if (body === null) return ok(undefined);
  try {
    for await (const data of eventData(body)) {
      const campaign = summaryOf(data);
      if (campaign === undefined) continue;
      show(campaign);
      if (campaign.state !== 'running') return ok(undefined);
    }
  } catch (error) {
    if (io.signal.aborted) return { ok: false, refusal: INTERRUPTED };
    const reason = error instanceof Error ? error.message : String(error);
    return refused(EXIT.environment, `the service at ${client.url} went away: ${reason}`);
  }
  if (io.signal.aborted) return { ok: false, refusal: INTERRUPTED };
  return refused(EXIT.environment, `the service at ${client.url} ended before the campaign did`);
}

function summaryOf(data: string): CampaignSummary | undefined {
  try {
    return campaignSummarySchema.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}
