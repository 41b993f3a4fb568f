/** `lastref notify messages`: what became of messages. */
import { notificationPageSchema } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';
import { table } from '../text/table.js';

const HEAD = ['id', 'state', 'attempts', 'endpoint', 'kind', 'subject', 'why not'];

export interface NotifyMessagesOptions {
  readonly failed: boolean;
  readonly url?: string | undefined;
}

export async function notifyMessages(options: NotifyMessagesOptions, io: Io): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const path = `/notifications${options.failed ? '?state=failed' : ''}`;
  const page = await client.json(notificationPageSchema, { method: 'GET', path });
  if (!page.ok) return page.refusal;
  const rows = page.value.items.map((message) => [
    message.id,
    message.state,
    String(message.attempts),
    message.endpoint,
    message.kind ?? 'test',
    message.subject ?? '',
    message.message ?? '',
  ]);
  return answer(EXIT.ok, page.value, rows.length === 0 ? 'none' : table([HEAD, ...rows]));
}
