/** `lastref campaign list`: the newest campaigns of the service. */
import { campaignPageSchema } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';
import { count } from '../text/numbers.js';
import { table } from '../text/table.js';
import type { CampaignStatusOptions } from './campaign-status.js';

const HEAD = ['id', 'state', 'executed', 'failing', 'title'];

export async function campaignList(options: CampaignStatusOptions, io: Io): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const page = await client.json(campaignPageSchema, { method: 'GET', path: '/campaigns' });
  if (!page.ok) return page.refusal;
  const rows = page.value.items.map(({ id, state, executed, failing, title }) => [
    String(id),
    state,
    count(executed),
    count(failing),
    title,
  ]);
  const text = rows.length === 0 ? 'no campaigns yet' : table([HEAD, ...rows]);
  return answer(EXIT.ok, page.value, text);
}
