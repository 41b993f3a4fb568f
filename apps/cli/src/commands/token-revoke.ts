/** `lastref token revoke` */
import { tokenSchema } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';

export async function tokenRevoke(
  id: number,
  options: { url?: string | undefined },
  io: Io,
): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const path = `/tokens/${id}/revoke`;
  const revoked = await client.json(tokenSchema, { method: 'POST', path, body: {} });
  if (!revoked.ok) return revoked.refusal;
  return answer(EXIT.ok, revoked.value, `token ${id} (${revoked.value.name}) is revoked`);
}
