/**
 * Where a spinlock may be held, found by following each body's code once: an operation that may sleep is checked at run time
 * only there, as one would write it by hand.
 */
import { at, type Program } from '@lastref/kernel';
import type { COperations } from './operation.js';

/** A count that stands for any number. */
const MANY = 8;

/** Program counters at which the task may hold a spinlock. */
export function mayHoldSpinlock(program: Program, operations: COperations): ReadonlySet<number> {
  const works = new Set(program.works.map(({ body }) => body));
  const before = new Map<number, number>();
  const follow = (entry: number, count: number): void => {
    const known = before.get(entry);
    if (known !== undefined && known >= count) return;
    before.set(entry, count);
    if (entry === 0) return;
    const { op, next, alt } = at(program.code, entry);
    const after = count === MANY ? MANY : count + (operations[op]?.spin ?? 0);
    for (const pc of [next, alt ?? next]) follow(pc, Math.max(0, after));
  };
  for (const [b, { entry }] of program.bodies.entries()) if (works.has(b)) follow(entry, 0);
  // A work function that leaves with a lock held makes its worker begin the next one with it.
  if ((before.get(0) ?? 0) > 0)
    for (const [b, { entry }] of program.bodies.entries()) if (works.has(b)) follow(entry, MANY);
  for (const [b, { entry }] of program.bodies.entries()) if (!works.has(b)) follow(entry, 0);
  return new Set([...before].flatMap(([pc, count]) => (count > 0 ? [pc] : [])));
}
