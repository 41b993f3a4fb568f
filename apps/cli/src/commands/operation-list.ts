/** `lastref operation list`: the newest operations of the service. */
import { operationPageSchema, type OperationState } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';
import { operationsText } from '../text/operation-text.js';

export interface OperationListOptions {
  readonly url?: string | undefined;
  readonly state?: OperationState | undefined;
}

export async function operationList(
  { url: asked, state }: OperationListOptions,
  io: Io,
): Promise<Outcome> {
  const url = serviceUrl(asked, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const path = state === undefined ? '/operations' : `/operations?state=${state}`;
  const page = await new Client(url.value, io).json(operationPageSchema, {
    method: 'GET',
    path,
  });
  if (!page.ok) return page.refusal;
  return answer(EXIT.ok, page.value, operationsText(page.value.items));
}
