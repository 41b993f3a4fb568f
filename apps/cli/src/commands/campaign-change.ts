/** `lastref campaign cancel` and `campaign retry`: ends a running campaign, and lets an incomplete one run on. */
import { campaignSchema } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';
import { campaignText } from '../text/campaign-text.js';
import type { CampaignStatusOptions } from './campaign-status.js';

export async function campaignChange(
  change: 'cancel' | 'retry',
  id: number,
  options: CampaignStatusOptions,
  io: Io,
): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const path = `/campaigns/${id}/${change}`;
  const campaign = await client.json(campaignSchema, { method: 'POST', path, body: {} });
  if (!campaign.ok) return campaign.refusal;
  return answer(EXIT.ok, campaign.value, campaignText(campaign.value, []));
}
