/** `lastref notify remove` and `notify test`: an endpoint by its name. */
import {
  type Endpoint,
  endpointPageSchema,
  endpointSchema,
  notificationSchema,
} from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, ok, type Outcome, refused, type Result } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';

export async function notifyChange(
  change: 'remove' | 'test',
  name: string,
  options: { url?: string | undefined },
  io: Io,
): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const endpoint = await endpointNamed(client, name);
  if (!endpoint.ok) return endpoint.refusal;
  const path = `/endpoints/${endpoint.value.id}`;
  if (change === 'remove') {
    const removed = await client.json(endpointSchema, { method: 'DELETE', path });
    return removed.ok ? answer(EXIT.ok, removed.value, `${name} is removed`) : removed.refusal;
  }
  const request = { method: 'POST', path: `${path}/test`, body: {} } as const;
  const sent = await client.json(notificationSchema, request);
  if (!sent.ok) return sent.refusal;
  const text = `a test message is under way to ${name}; what became of it: npx --no lastref notify messages`;
  return answer(EXIT.ok, sent.value, text);
}

async function endpointNamed(client: Client, name: string): Promise<Result<Endpoint>> {
  const path = '/endpoints?limit=200';
  const page = await client.json(endpointPageSchema, { method: 'GET', path });
  if (!page.ok) return page;
  const found = page.value.items.find((endpoint) => endpoint.name === name);
  if (found !== undefined) return ok(found);
  const names = page.value.items.map((endpoint) => endpoint.name).join(', ');
  return refused(
    EXIT.usage,
    `there is no endpoint '${name}'${names === '' ? '' : `, but ${names}`}`,
  );
}
