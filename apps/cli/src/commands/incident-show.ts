/** `lastref incident show`: one incident with what a person needs to judge it. */
import { incidentSchema } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';
import { incidentText } from '../text/incident-text.js';

export interface IncidentShowOptions {
  readonly url?: string | undefined;
}

export async function incidentShow(
  id: number,
  options: IncidentShowOptions,
  io: Io,
): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const incident = await client.json(incidentSchema, { method: 'GET', path: `/incidents/${id}` });
  if (!incident.ok) return incident.refusal;
  return answer(EXIT.ok, incident.value, incidentText(incident.value));
}
