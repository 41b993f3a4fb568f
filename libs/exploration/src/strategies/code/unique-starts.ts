/**
 * Whether everybody who does not run from the start is started exactly once, whatever the schedule: by one operation on every path
 * of one other task or worker, for which the same holds. A queue has to be one object with one worker and one function,
 * and nothing else may touch its items.
 */
import {
  at,
  fieldKindOf,
  itemsOfQueueType,
  laidOut,
  specOf,
  tablesOf,
  type Program,
} from '@lastref/kernel';
import { aheadOf } from './ahead.js';
import { reachedFrom } from './reached.js';
import { entriesOf, startsOf } from './starts.js';

/** @returns the name of one of whom it is not so, null if there is none */
export function uncertainStart(program: Program): string | null {
  const { tasks } = tablesOf(program).layout;
  const starters = tasks.map((_, task) => starterOf(program, task));
  const isUncertain = (task: number): boolean => {
    const seen = new Set<number>();
    for (let by: Starter = task; by !== 'nobody'; by = at(starters, by)) {
      if (by === 'uncertain' || seen.has(by)) return true;
      seen.add(by);
    }
    return false;
  };
  return tasks.find((_, task) => isUncertain(task))?.name ?? null;
}

/** Who starts it; nobody: it runs from the start, or never. */
type Starter = number | 'nobody' | 'uncertain';

function starterOf(program: Program, late: number): Starter {
  const tables = tablesOf(program);
  const { tasks } = tables.layout;
  const bit = 1 << late;
  const starts = startsOf(program);
  const starting = (pc: number): boolean => (at(starts.at, pc) & bit) !== 0;
  const isSuch = (entry: number): boolean => reachedFrom(program, [entry]).some(starting);
  if (program.given >= 0 && isSuch(at(program.bodies, program.given).entry)) return 'uncertain';
  const actor = at(tasks, late);
  if (actor.kind === 'worker' && !isPlainQueue(program, actor.queueType)) return 'uncertain';
  const { most, least } = aheadOf(program, starting);
  const by = tasks.flatMap((other, task) => (entriesOf(tables, other).some(isSuch) ? [task] : []));
  const [starter] = by;
  if (starter === undefined)
    return program.tasks[late]?.after === undefined ? 'nobody' : 'uncertain';
  const once = entriesOf(tables, at(tasks, starter)).every(
    (entry) => at(most, entry) === 1 && at(least, entry) === 1,
  );
  return by.length === 1 && starter !== late && once ? starter : 'uncertain';
}

/** One queue with one worker and one function at most, whose item only the feeding touches. */
function isPlainQueue(program: Program, queueType: number): boolean {
  const { count, workers = 1 } = at(program.types, queueType);
  const served = itemsOfQueueType(program, queueType);
  if (served.length === 0) return true;
  if (count !== 1 || workers !== 1 || served.length > 1) return false;
  const touching = program.code.filter(
    (op, pc) =>
      pc !== 0 &&
      laidOut(specOf(op.op).operands).some(
        ({ operand }) =>
          operand.is === 'place' && operand.of.some((kind) => fieldKindOf(kind).names === 'work'),
      ),
  );
  return touching.length <= 1;
}
