/** `lastref notify add`: adds an endpoint, and prints the secret of a webhook, once. */
import { type AnnouncementKind, newEndpointSchema } from '@lastref/contracts';
import { readFileSync } from 'node:fs';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';

export interface NotifyAddOptions {
  readonly slack: boolean;
  readonly kinds?: readonly AnnouncementKind[] | undefined;
  readonly url?: string | undefined;
}

const STANDARD_INPUT = 0;

export async function notifyAdd(
  name: string,
  address: string,
  options: NotifyAddOptions,
  io: Io,
): Promise<Outcome> {
  const service = serviceUrl(options.url, io.serviceUrl);
  if (!service.ok) return service.refusal;
  const client = new Client(service.value, io);
  const url = address === '-' ? readFileSync(STANDARD_INPUT, 'utf8').trim() : address;
  const format = options.slack ? 'slack' : 'webhook';
  const { kinds } = options;
  const body = { name, format, url, ...(kinds === undefined ? {} : { kinds }) };
  const request = { method: 'POST', path: '/endpoints', body } as const;
  const added = await client.json(newEndpointSchema, request);
  if (!added.ok) return added.refusal;
  const { secret, origin } = added.value;
  io.note(`${name} (${format}, ${origin}) is told; try it: npx --no lastref notify test ${name}`);
  if (secret === null) return answer(EXIT.ok, added.value, `${name} is added`);
  io.note('its messages are signed with this secret, which is not shown again:');
  return answer(EXIT.ok, added.value, secret);
}
