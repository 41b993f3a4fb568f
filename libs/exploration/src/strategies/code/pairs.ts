/**
 * Ordered pairs of operations whose order can matter, read off the code: both may touch one class of locations and one of
 * them writes, or one frees what the other may touch; and different tasks or workers may run them. Releases of locks, ends of work
 * items and allocations are left out: what they conflict with waits for them, or cannot come before.
 */
import { at, codeTouches, specOf, tablesOf, type CodeTouch, type Program } from '@lastref/kernel';
import { reachedFrom } from './reached.js';
import { entriesOf } from './starts.js';

export interface OrderedPair {
  readonly first: number;
  readonly second: number;
}

interface Access {
  readonly pc: number;
  readonly touches: readonly CodeTouch[];
  /** Who may run it, as a mask. */
  readonly actors: number;
}

/** In order of their first operations, then of their second. */
export function conflictingPairs(program: Program): readonly OrderedPair[] {
  const accesses = accessesOf(program);
  return accesses.flatMap((a) =>
    accesses.flatMap((b) => (conflict(a, b) ? [{ first: a.pc, second: b.pc }] : [])),
  );
}

function accessesOf(program: Program): readonly Access[] {
  const tables = tablesOf(program);
  const touches = codeTouches(tables);
  const actors = new Map<number, number>();
  tables.layout.tasks.forEach((actor, task) => {
    for (const pc of reachedFrom(program, entriesOf(tables, actor)))
      actors.set(pc, (actors.get(pc) ?? 0) | (1 << task));
  });
  return [...actors]
    .sort(([a], [b]) => a - b)
    .flatMap(([pc, mask]) => {
      const { lock, endsItem, operands, local } = specOf(at(program.code, pc).op);
      const releases = lock !== 'none' && lock.gives !== 'nothing' && lock.takes === 'nothing';
      const allocates = operands.some(({ is }) => is === 'type');
      if (releases || allocates || endsItem === true || local === true) return [];
      return [{ pc, touches: at(touches, pc), actors: mask }];
    });
}

function conflict(a: Access, b: Access): boolean {
  const both = a.actors | b.actors;
  if ((both & (both - 1)) === 0) return false;
  return a.touches.some((x) =>
    b.touches.some((y) => {
      if (x.location === y.location) return x.writes || y.writes;
      return (x.frees || y.frees) && x.type >= 0 && x.type === y.type;
    }),
  );
}
