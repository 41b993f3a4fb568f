/** `lastref nightly list`: what runs when, and what came of it last. */
import { nightlyPageSchema } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';
import { nightlyTable } from '../text/nightly-text.js';

export async function nightlyList(
  options: { readonly url?: string | undefined },
  io: Io,
): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  // All there are: no more stand than a page holds.
  const request = { method: 'GET', path: '/nightlies?limit=200' } as const;
  const page = await client.json(nightlyPageSchema, request);
  if (!page.ok) return page.refusal;
  return answer(EXIT.ok, page.value, nightlyTable(page.value.items));
}
