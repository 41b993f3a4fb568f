/**
 * Statements of generated programs: calls with random operands, in pairs around others where they take and give back, and
 * idioms that single calls would rarely come to.
 */
import { Int, isRefTo } from './results.js';
import type { Cond } from '@lastref/authoring';
import { specOf, type OpName } from '@lastref/kernel';
import { argumentsFor } from './operands.js';
import { callOf } from './placement.js';
import { IDIOMS, type Idiom } from './idioms.js';
import { Thing, type Thread } from './world.js';

export interface CallStatement {
  readonly op: OpName;
  readonly picks: readonly number[];
  /** Gives back what it took, if it takes something. */
  readonly closed: boolean;
  /** Goes through no pointer that is NULL. */
  readonly careful: boolean;
  /** Stand between taking and giving back, or where the condition holds. */
  readonly inside: readonly Statement[];
}

export type Statement =
  CallStatement | { readonly idiom: Idiom; readonly inside: readonly Statement[] };

/** Writes the statements into a function. */
export function write(thread: Thread, list: readonly Statement[]): void {
  for (const statement of list) {
    const inside = (): void => {
      write(thread, statement.inside);
    };
    if ('idiom' in statement) IDIOMS[statement.idiom](thread, inside);
    else writeCall(thread, statement, inside);
  }
}

function writeCall(thread: Thread, statement: CallStatement, inside: () => void): void {
  const { f } = thread;
  const { args, through } = argumentsFor(statement.op, statement.picks, thread);
  const [pointer] = through;
  const write = (): void => {
    writeUnguarded(thread, statement, args, inside);
  };
  if (statement.careful && pointer !== undefined) f.if(pointer, write);
  else write();
}

function writeUnguarded(
  thread: Thread,
  { op, closed }: CallStatement,
  args: readonly unknown[],
  inside: () => void,
): void {
  const { f, p } = thread;
  const { closedBy } = callOf(op);
  const result = invoke(thread, op, args);
  const body = (): void => {
    inside();
    if (closed && closedBy !== undefined) invoke(thread, closedBy, args);
  };
  if (specOf(op).branches === true) f.if(result as Cond, body);
  else if (result instanceof Int) f.if(result, body);
  else {
    if (isRefTo(result, Thing)) f.set(p, result);
    body();
  }
}

function invoke({ f }: Thread, op: OpName, args: readonly unknown[]): unknown {
  const name = callOf(op).name ?? op;
  const method: unknown = Reflect.get(f, name);
  if (typeof method !== 'function') throw new Error(`the builder has no call ${name}`);
  return Reflect.apply(method as (...args: unknown[]) => unknown, f, args);
}
