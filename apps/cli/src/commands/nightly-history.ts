/** `lastref nightly history` and `nightly compare`: what came of the due times, and what a night changed. */
import { comparisonSchema, tickPageSchema } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client } from '../service/client.js';
import { findNightly } from '../service/find-nightly.js';
import { serviceUrl } from '../service/service-url.js';
import { comparisonText } from '../text/comparison-text.js';
import { historyTable } from '../text/nightly-text.js';

interface Options {
  readonly url?: string | undefined;
}

export async function nightlyHistory(which: string, options: Options, io: Io): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const nightly = await findNightly(client, which);
  if (!nightly.ok) return nightly.refusal;
  const { id, zone } = nightly.value;
  const path = `/nightlies/${id}/ticks`;
  const page = await client.json(tickPageSchema, { method: 'GET', path });
  if (!page.ok) return page.refusal;
  return answer(EXIT.ok, page.value, historyTable(zone, page.value.items));
}

/** Exit code 1 where the night met something new or something that was gone. */
export async function nightlyCompare(
  which: string,
  options: Options & { readonly tick?: number | undefined },
  io: Io,
): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const nightly = await findNightly(client, which);
  if (!nightly.ok) return nightly.refusal;
  const { id, zone } = nightly.value;
  const query = options.tick === undefined ? '' : `?tick=${options.tick}`;
  const path = `/nightlies/${id}/comparison${query}`;
  const comparison = await client.json(comparisonSchema, { method: 'GET', path });
  if (!comparison.ok) return comparison.refusal;
  const { regressed, new: found, before } = comparison.value;
  const worse = regressed.length > 0 || (before !== null && found.length > 0);
  const text = comparisonText(zone, comparison.value);
  return answer(worse ? EXIT.failed : EXIT.ok, comparison.value, text);
}
