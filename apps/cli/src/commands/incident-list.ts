/** `lastref incident list`: the newest incidents of the service; exit code 1 while one is open. */
import { incidentPageSchema } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';
import { incidentTable } from '../text/incident-text.js';

export interface IncidentListOptions {
  readonly url?: string | undefined;
  /** Only those that are open. */
  readonly open: boolean;
}

export async function incidentList(options: IncidentListOptions, io: Io): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const path = options.open ? '/incidents?state=open' : '/incidents';
  const page = await client.json(incidentPageSchema, { method: 'GET', path });
  if (!page.ok) return page.refusal;
  const { items } = page.value;
  const open = items.some(({ state }) => state === 'open');
  return answer(open ? EXIT.failed : EXIT.ok, page.value, incidentTable(items));
}
