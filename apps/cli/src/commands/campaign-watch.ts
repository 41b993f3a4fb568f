/** `lastref campaign watch`: shows a campaign while it runs, ends when it does, and answers like `status`. */
import { campaignSummarySchema, type CampaignSummary } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
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

async function follow(client: Client, id: number, io: Io): Promise<Result<undefined>> {
  const response = await client.stream({
    method: 'GET',
    path: `/campaigns/${id}/events`,
    accept: 'text/event-stream',
  });
  if (!response.ok) return response;
  const { body } = response.value;
  if (body === null) return ok(undefined);
  let begun = false;
  try {
    for await (const data of eventData(body)) {
      const campaign = summaryOf(data);
      if (campaign === undefined) continue;
      if (!begun) io.progress.begin(campaign.schedules, 'schedules', campaign.executed);
      begun = true;
      io.progress.update(campaign.executed);
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
