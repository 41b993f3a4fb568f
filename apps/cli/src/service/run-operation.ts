/**
 * Runs work on a service: stores the program there, asks for the operation, and follows it to its end. Ctrl-C ends only the
 * following; the operation goes on, and what is said then tells how to find it again.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { operationSchema, type Operation, type Work } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { OPERATION_POLL_MS } from '../limits.js';
import { ok, refused, type Result } from '../outcome.js';
import type { NamedProgram } from '../programs/resolve-program.js';
import { showCommand } from '../text/operation-text.js';
import type { Client } from './client.js';
import { pushPrograms } from './push-programs.js';

/** Done, with its result; any other end is a refusal. */
export async function runOperation(
  client: Client,
  named: NamedProgram,
  work: Work,
  io: Io,
): Promise<Result<Operation>> {
  const stored = await pushPrograms(client, [named]);
  if (!stored.ok) return stored;
  const made = await client.json(operationSchema, {
    method: 'POST',
    path: '/operations',
    body: { ...work, program: named.digest },
    idempotencyKey: randomUUID(),
  });
  if (!made.ok) return made;
  io.note(`operation ${made.value.id} at ${client.url}: ${work.kind} of ${named.address}`);
  io.progress.begin('maxStates' in work ? work.maxStates : work.maxNodes, 'states');
  const ended = await follow(client, made.value, io);
  io.progress.end();
  return ended.ok ? judgeEnd(ended.value) : ended;
}

async function follow(client: Client, first: Operation, io: Io): Promise<Result<Operation>> {
  const { id } = first;
  const goesOn = (): Result<never> =>
    refused(
      EXIT.interrupted,
      `operation ${id} goes on without this command; see ${showCommand(client.url, id)}`,
    );
  for (let operation = first; ;) {
    if (operation.state !== 'waiting' && operation.state !== 'running') return ok(operation);
    io.progress.update(operation.progress);
    await pause(OPERATION_POLL_MS, undefined, { signal: io.signal }).catch(() => undefined);
    if (io.signal.aborted) return goesOn();
    const next = await readOperation(client, id);
    if (!next.ok) return next.refusal.exit === EXIT.interrupted ? goesOn() : next;
    operation = next.value;
  }
}

export const readOperation = (client: Client, id: number): Promise<Result<Operation>> =>
  client.json(operationSchema, { method: 'GET', path: `/operations/${id}` });

function judgeEnd(operation: Operation): Result<Operation> {
  const { id, state, messages } = operation;
  if (state === 'done') return ok(operation);
  if (state === 'cancelled') return refused(EXIT.failed, `operation ${id} was cancelled`);
  return refused(EXIT.failed, messages.at(-1) ?? `operation ${id} is ${state}`);
}
