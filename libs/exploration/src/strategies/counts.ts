/**
 * What is left to do of each task, in a run, of steps or of accesses to a location: never less than the code says may still
 * follow, and as much as the profile saw where that is more, since loops count once; and what those will do whom it may still
 * start. Of code without loops, waits and chance these counts are exact.
 */
import {
  at,
  cell,
  classOfLocation,
  codeTouches,
  tablesOf,
  type Machine,
  type Program,
} from '@lastref/kernel';
import { aheadOf } from './code/ahead.js';
import { entriesOf, startsOf, type Starts } from './code/starts.js';
import type { Location } from './profile.js';
import { lowestTask } from './seeded.js';

export interface Counted {
  /** Whether an operation counts. */
  readonly op: (pc: number) => boolean;
  /** Whether the step counts by which an idle worker, timer or handler takes something up. */
  readonly takes: (task: number) => boolean;
  /** What the profile counted, per task. */
  readonly profiled: readonly number[];
}

/** Whether an operation may access the location. */
export function accessesFrom(
  program: Program,
  { slot, object }: Location,
): (pc: number) => boolean {
  const tables = tablesOf(program);
  const touches = codeTouches(tables);
  const name = classOfLocation(tables, slot, object);
  const type = object === 0 ? -1 : at(tables.typeOf, object);
  return (pc) =>
    at(touches, pc).some(
      (touch) => touch.location === name || (touch.frees && type >= 0 && touch.type === type),
    );
}

/** Whether an idle actor accesses the location by taking something up: a worker its queue, a timer or handler its object. */
export function takesFrom(program: Program, { slot, object }: Location): (task: number) => boolean {
  const { layout, life, itemObject } = tablesOf(program);
  return (task) => {
    const actor = at(layout.tasks, task);
    if (object === 0 || actor.kind === 'task' || at(life, object) !== slot) return false;
    return object === (actor.kind === 'worker' ? actor.queue : at(itemObject, actor.number));
  };
}

export class Counts {
  readonly profiled: readonly number[];
  /** Per task, from where it begins: the most that may follow. */
  readonly whole: readonly number[];
  private readonly most: Int32Array;
  private readonly starts: Starts;
  private readonly done: Int32Array;
  private readonly declared: number;

  constructor(program: Program, counted: Counted) {
    const tables = tablesOf(program);
    const { tasks } = tables.layout;
    this.profiled = counted.profiled;
    this.most = aheadOf(program, counted.op).most;
    this.starts = startsOf(program);
    this.declared = program.tasks.length;
    this.done = new Int32Array(tasks.length);
    this.whole = tasks.map((actor, task) => {
      const entries = entriesOf(tables, actor).map((entry) => at(this.most, entry));
      if (actor.kind === 'task') return Math.max(0, ...entries);
      return entries.length === 0 ? 0 : Math.max(...entries) + (counted.takes(task) ? 1 : 0);
    });
  }

  begin(): void {
    this.done.fill(0);
  }

  count(task: number): void {
    this.done[task] = at(this.done, task) + 1;
  }

  /** What a candidate has left, with what it carries of those that wait to be started. */
  of(machine: Machine, task: number, waiting: number): number {
    const pc = cell(machine.state, at(machine.pcSlot, task));
    const isIdle = pc === 0;
    let sum = this.own(task, isIdle ? at(this.whole, task) : at(this.most, pc));
    const carried = isIdle ? at(this.starts.idle, task) : at(this.starts.from, pc);
    for (let rest = carried & waiting & ~(1 << task); rest !== 0; rest &= rest - 1) {
      const late = lowestTask(rest);
      sum += Math.max(at(this.whole, late), this.left(late));
    }
    return sum;
  }

  private own(task: number, ahead: number): number {
    return ahead === 0 && task < this.declared ? 0 : Math.max(ahead, this.left(task));
  }

  private left(task: number): number {
    return at(this.profiled, task) - at(this.done, task);
  }
}
