/** `lastref matrix`: of every case of every variant that the service knows, what stands. */
import { matrixPageSchema, MAX_PAGE, type MatrixRow } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, ok, type Outcome, type Result } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';
import { matrixText } from '../text/matrix-text.js';

export async function matrix(
  options: { readonly url?: string | undefined },
  io: Io,
): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const rows = await readAll(new Client(url.value, io));
  if (!rows.ok) return rows.refusal;
  const wrong = rows.value.some(({ standing }) => standing === 'wrong');
  return answer(wrong ? EXIT.failed : EXIT.ok, { rows: rows.value }, matrixText(rows.value));
}

async function readAll(client: Client): Promise<Result<readonly MatrixRow[]>> {
  const rows: MatrixRow[] = [];
  for (let next: string | null = ''; next !== null;) {
    const after: string = next === '' ? '' : `&after=${next}`;
    const path = `/matrix?limit=${MAX_PAGE}${after}`;
    const page = await client.json(matrixPageSchema, { method: 'GET', path });
    if (!page.ok) return page;
    rows.push(...page.value.items);
    next = page.value.next;
  }
  return ok(rows);
}
