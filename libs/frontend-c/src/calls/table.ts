/** What kernel calls mean: the calls of their own, then those that are an operation of the engine under the same name. */
import { OP_NAMES, specOf } from '@lastref/kernel';
import type { Calling, Handler } from '../lower/calling.js';
import type { IteratorStmt } from '../syntax/ast.js';
import { BITS } from './bits.js';
import { byOperation } from './by-operation.js';
import { COUNTS } from './counts.js';
import { forEachEntry, forEachEntrySafe, LISTS } from './lists.js';
import { LOCKS, scopedGuard } from './locks.js';
import { MEMORY } from './memory.js';
import { POINTERS } from './pointers.js';
import { PSEUDO } from './pseudo.js';
import { WORK } from './work.js';

const OWN = { ...MEMORY, ...COUNTS, ...LOCKS, ...BITS, ...POINTERS, ...WORK, ...LISTS, ...PSEUDO };

function all(): Map<string, Handler> {
  const table = new Map<string, Handler>(Object.entries(OWN));
  for (const op of OP_NAMES) {
    const name = specOf(op).partOf ?? op;
    const handler = table.has(name) ? null : byOperation(name);
    if (handler !== null) table.set(name, handler);
  }
  return table;
}

export const CALLS: ReadonlyMap<string, Handler> = all();

export const handlerOf = (name: string): Handler | null => CALLS.get(name) ?? null;

type Iterator = (c: Calling, s: IteratorStmt) => void;

const ITERATORS: Readonly<Record<string, Iterator>> = {
  scoped_guard: scopedGuard,
  list_for_each_entry: forEachEntry,
  list_for_each_entry_safe: forEachEntrySafe,
};

export const iteratorOf = (name: string): Iterator | null => ITERATORS[name] ?? null;

/** What `__free(name)` does when the scope is left. */
export const CLEANUPS: ReadonlyMap<string, Handler> = new Map(
  Object.entries({ kfree: MEMORY['kfree'], kvfree: MEMORY['kvfree'] }).flatMap(([name, handler]) =>
    handler === undefined ? [] : [[name, handler] as const],
  ),
);
