/**
 * Statements of generated programs: calls with random operands, in pairs around others where they take and give back, and
 * idioms that single calls would rarely come to.
 */
import { Int, type Cond, type Ref } from '@lastref/authoring';
import type { OpName } from '@lastref/kernel';
import { argumentsFor } from './operands.js';
import { invoke as call } from '../support/lock-calls.js';
import { callOf, isCondition } from './placement.js';
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
  const guarded = (statement.careful ? through : []).reduceRight(
    (rest, pointer) => () => {
      f.if(pointer, rest);
    },
    () => {
      writeUnguarded(thread, statement, args, inside);
    },
  );
  guarded();
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
  // What takes something may give an index to give it back by.
  const handle = closedBy !== undefined && result instanceof Int ? [result] : [];
  const body = (): void => {
    inside();
    if (closed && closedBy !== undefined) invoke(thread, closedBy, [...args, ...handle]);
  };
  if (isCondition(op)) f.if(result as Cond, body);
  else if (result instanceof Int && handle.length === 0) f.if(result, body);
  else {
    if (isThing(result)) f.set(p, result);
    body();
  }
}

const isThing = (result: unknown): result is Ref<typeof Thing> =>
  typeof result === 'object' && result !== null && Reflect.get(result, 'struct') === Thing;

function invoke({ f }: Thread, op: OpName, args: readonly unknown[]): unknown {
  return call(f, callOf(op).name ?? op, args);
}
