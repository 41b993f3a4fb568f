/** Proofs and tables of orders by a service, in the form in which the engine of this process would have answered. */
import { ordersSchema, searchSchema } from '@lastref/contracts';
import type { OrderTable, SearchResult } from '@lastref/exploration';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { ok, refused, type Result } from '../outcome.js';
import type { NamedProgram } from '../programs/resolve-program.js';
import type { Client } from './client.js';
import { runOperation } from './run-operation.js';

export interface RemoteSearch {
  readonly maxStates: number;
  readonly symmetry: boolean;
  readonly reduce: boolean;
}

export async function proveRemotely(
  client: Client,
  named: NamedProgram,
  options: RemoteSearch,
  io: Io,
): Promise<Result<SearchResult>> {
  const { maxStates, symmetry, reduce } = options;
  const work = { kind: 'prove', maxStates, symmetry, reduce } as const;
  const operation = await runOperation(client, named, work, io);
  if (!operation.ok) return operation;
  const parsed = searchSchema.safeParse(operation.value.result);
  if (!parsed.success) return unknownForm(client, operation.value.id);
  const unexecuted = parsed.data.unexecuted.map(({ pc, what, exit }) => ({
    pc,
    what,
    ...(exit === undefined ? {} : { exit }),
  }));
  return ok({ ...parsed.data, unexecuted });
}

export async function ordersRemotely(
  client: Client,
  named: NamedProgram,
  options: { readonly maxStates: number; readonly milestones?: readonly string[] },
  io: Io,
): Promise<Result<OrderTable>> {
  const operation = await runOperation(client, named, { kind: 'orders', ...options }, io);
  if (!operation.ok) return operation;
  const parsed = ordersSchema.safeParse(operation.value.result);
  if (!parsed.success) return unknownForm(client, operation.value.id);
  const { proved, ...table } = parsed.data;
  return ok({ ok: true, complete: proved, ...table });
}

const unknownForm = (client: Client, id: number): Result<never> =>
  refused(
    EXIT.environment,
    `${client.url} answers operation ${id} in a form this version does not know`,
  );
