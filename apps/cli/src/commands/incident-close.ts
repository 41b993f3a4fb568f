/** `lastref incident close`: closes an incident with the reason, which the service keeps. */
import { incidentSchema } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';
import { incidentText } from '../text/incident-text.js';

export interface IncidentCloseOptions {
  readonly url?: string | undefined;
  readonly reason: string;
}

export async function incidentClose(
  id: number,
  options: IncidentCloseOptions,
  io: Io,
): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const closed = await client.json(incidentSchema, {
    method: 'POST',
    path: `/incidents/${id}/close`,
    body: { reason: options.reason },
  });
  if (!closed.ok) return closed.refusal;
  const { campaign } = closed.value;
  const next =
    campaign === null
      ? []
      : [`npx --no lastref campaign retry ${campaign} lets the campaign run on`];
  return answer(EXIT.ok, closed.value, [incidentText(closed.value), ...next].join('\n'));
}
