/** `lastref notify list` */
import { endpointPageSchema } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';
import { table } from '../text/table.js';

const HEAD = ['name', 'format', 'host', 'waiting', 'failed', 'last delivered', 'kinds'];

export async function notifyList(options: { url?: string | undefined }, io: Io): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const path = '/endpoints?limit=200';
  const page = await client.json(endpointPageSchema, { method: 'GET', path });
  if (!page.ok) return page.refusal;
  const rows = page.value.items.map((endpoint) => [
    endpoint.name,
    endpoint.format,
    endpoint.origin,
    String(endpoint.waiting),
    String(endpoint.failed),
    endpoint.lastDeliveredAt ?? 'never',
    endpoint.kinds.join(','),
  ]);
  const text = rows.length === 0 ? 'nobody is told of anything' : table([HEAD, ...rows]);
  return answer(EXIT.ok, page.value, text);
}
