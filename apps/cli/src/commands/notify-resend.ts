/** `lastref notify resend` */
import { notificationSchema } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';

export async function notifyResend(
  id: string,
  options: { url?: string | undefined },
  io: Io,
): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const path = `/notifications/${encodeURIComponent(id)}/resend`;
  const sent = await client.json(notificationSchema, { method: 'POST', path, body: {} });
  if (!sent.ok) return sent.refusal;
  return answer(EXIT.ok, sent.value, `${id} is under way again to ${sent.value.endpoint}`);
}
