/** `lastref campaign status`: one campaign with its counters, and how it compares with what is expected. */
import { campaignSchema, type Campaign } from '@lastref/contracts';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome, type Result } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';
import { campaignText } from '../text/campaign-text.js';
import { boundsOf } from '../verdicts/bounds.js';
import { judgeCampaign, type JudgedPart } from '../verdicts/judge-campaign.js';

export interface CampaignStatusOptions {
  readonly url?: string | undefined;
}

export async function campaignStatus(
  id: number,
  options: CampaignStatusOptions,
  io: Io,
): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  return statusOf(new Client(url.value, io), id);
}

export async function statusOf(client: Client, id: number): Promise<Outcome> {
  const campaign = await readCampaign(client, id);
  if (!campaign.ok) return campaign.refusal;
  const judged = campaign.value.state === 'running' ? [] : judgeCampaign(campaign.value);
  const text = campaignText(campaign.value, judged);
  const found = { ...campaign.value, bounds: boundsOf(campaign.value), expectations: judged };
  return answer(exitOf(campaign.value, judged), found, text);
}

const readCampaign = (client: Client, id: number): Promise<Result<Campaign>> =>
  client.json(campaignSchema, { method: 'GET', path: `/campaigns/${id}` });

/** A running campaign is no failure; one that ended without all of its schedules is. */
function exitOf({ state }: Campaign, judged: readonly JudgedPart[]): ExitCode {
  switch (state) {
    case 'running':
      return EXIT.ok;
    case 'done':
      return judged.every(({ held }) => held) ? EXIT.ok : EXIT.failed;
    case 'incomplete':
    case 'cancelled':
      return EXIT.failed;
  }
}
