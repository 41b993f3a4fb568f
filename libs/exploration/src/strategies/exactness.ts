/**
 * Whether counts of what is left are exact in a program, so that what uniform strategies promise holds there: nothing waits
 * or goes round a loop, whoever is started is started exactly once by exactly one other, and on every path of the code a task
 * does as many steps, or accesses, as on any other. Read off the code, so it says "not exact" of some programs that are.
 */
import { at, codeTouches, specOf, tablesOf, type Program } from '@lastref/kernel';
import { aheadOf, hasLoop } from './code/ahead.js';
import { reachedFrom } from './code/reached.js';
import { entriesOf } from './code/starts.js';
import { uncertainStart } from './code/unique-starts.js';
import { accessesFrom, takesFrom, type Counted } from './counts.js';
import { isStep } from './patience.js';
import type { Location } from './profile.js';

export type Exactness =
  /** What each task and worker does in all, from where it begins. */
  | { readonly exact: true; readonly counts: readonly number[] }
  | { readonly exact: false; readonly because: string };

const not = (because: string): Exactness => ({ exact: false, because });

/** Steps of each task and worker. */
export function exactSteps(program: Program): Exactness {
  const because = whyUncertain(program);
  if (because !== null) return not(because);
  const counts = fixedCounts(program, { op: isStep(program), takes: () => true });
  return counts === null
    ? not('some paths of its code are longer than others')
    : { exact: true, counts };
}

/** Accesses of each task and worker to a location. */
export function exactAccesses(program: Program, location: Location): Exactness {
  const because = whyUncertain(program);
  if (because !== null) return not(because);
  if (!isToldByCode(program, location))
    return not('the code does not say which object or entry it accesses');
  const counts = fixedCounts(program, {
    op: accessesFrom(program, location),
    takes: takesFrom(program, location),
  });
  return counts === null
    ? not('some paths of its code have more accesses than others')
    : { exact: true, counts };
}

/** @returns what else is left to chance than who goes on, null if nothing is */
function whyUncertain(program: Program): string | null {
  const { tasks, order, parked, code, maxSteps } = program;
  const { layout } = tablesOf(program);
  const optional = tasks.find((task) => task.optional !== undefined);
  if (optional !== undefined) return `${optional.name} need not start`;
  if (order.length > 0) return 'its case orders steps';
  if (parked.length > 0) return 'a queue is parked';
  if (tasks.some(({ context }) => context !== undefined)) return 'an interrupt suspends tasks';
  if (layout.tasks.some(({ kind }) => kind === 'timer' || kind === 'handler'))
    return 'a timer or handler comes by itself';
  if (hasLoop(program)) return 'its code has loops';
  const ran = allReached(program);
  const waits = ran.map((pc) => at(code, pc).op).find((op) => specOf(op).wait !== 'never');
  if (waits !== undefined) return `${waits} may wait`;
  const started = uncertainStart(program);
  if (started !== null) return `${started} may start more than once, or never`;
  return ran.length + layout.tasks.length > maxSteps ? 'a run may be cut' : null;
}

const allReached = (program: Program): readonly number[] => {
  const tables = tablesOf(program);
  return reachedFrom(
    program,
    tables.layout.tasks.flatMap((actor) => entriesOf(tables, actor)),
  );
};

/** @returns the counts of all, null if some differ from path to path */
function fixedCounts(
  program: Program,
  { op, takes }: Omit<Counted, 'profiled'>,
): readonly number[] | null {
  const tables = tablesOf(program);
  const { most, least } = aheadOf(program, op);
  const counts: number[] = [];
  for (const [task, actor] of tables.layout.tasks.entries()) {
    const entries = entriesOf(tables, actor);
    if (entries.some((entry) => at(most, entry) !== at(least, entry))) return null;
    const [entry] = entries;
    const taken = actor.kind !== 'task' && takes(task) ? 1 : 0;
    counts.push(entry === undefined ? 0 : taken + at(most, entry));
  }
  return counts;
}

/** Whether an operation that may access the location always does. */
function isToldByCode(program: Program, location: Location): boolean {
  const tables = tablesOf(program);
  const touches = codeTouches(tables);
  const accesses = accessesFrom(program, location);
  const { slot, object } = location;
  if (object !== 0 && program.types[at(tables.typeOf, object)]?.count !== 1) return false;
  const { statics, modules } = tables.layout;
  if (object === 0 && !statics.includes(slot) && !modules.includes(slot)) return false;
  return allReached(program).every((pc) => {
    if (!accesses(pc)) return true;
    const allocates = specOf(at(program.code, pc).op).operands.some(({ is }) => is === 'type');
    return at(touches, pc).length === 1 && !allocates;
  });
}
