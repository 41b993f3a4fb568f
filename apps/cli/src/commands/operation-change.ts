/** `lastref operation show|cancel|resume`: one operation, as it is or after the change. */
import { operationSchema } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';
import { operationText } from '../text/operation-text.js';

export type OperationChange = 'show' | 'cancel' | 'resume';

export async function operationChange(
  change: OperationChange,
  id: number,
  options: { readonly url?: string | undefined },
  io: Io,
): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const one = `/operations/${id}`;
  const request =
    change === 'show'
      ? ({ method: 'GET', path: one } as const)
      : ({ method: 'POST', path: `${one}/${change}` } as const);
  const operation = await new Client(url.value, io).json(operationSchema, request);
  if (!operation.ok) return operation.refusal;
  const exit = operation.value.state === 'failed' ? EXIT.failed : EXIT.ok;
  return answer(exit, operation.value, operationText(operation.value));
}
