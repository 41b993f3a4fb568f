/** `lastref audit`: the newest entries of the audit trail. */
import { auditPageSchema } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';
import { table } from '../text/table.js';

const HEAD = ['when', 'who', 'from', 'status', 'what', 'made'];

export async function audit(options: { url?: string | undefined }, io: Io): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const page = await client.json(auditPageSchema, { method: 'GET', path: '/audit' });
  if (!page.ok) return page.refusal;
  const rows = page.value.items.map(({ at, actor, address, status, action, subject, result }) => [
    at,
    actor,
    address,
    status === null ? 'none' : String(status),
    `${action.split(' ')[0] ?? ''} ${subject}`,
    result ?? '',
  ]);
  const text = rows.length === 0 ? 'nothing yet' : table([HEAD, ...rows]);
  return answer(EXIT.ok, page.value, text);
}
