/**
 * What a step did to which locks: what it took and let go by the slots that say who holds a lock, by the item that a worker
 * runs, and, for calls that wait for a lock without keeping it (a flush, a drain), by the lock-order edges it made. The one
 * place that knows; whoever tells of locks reads the events.
 * Limit: a call that keeps nothing is seen only while its task holds something.
 */
import { at, cell, specOf, type LockEvent, type Machine } from '@lastref/kernel';

/** Edges that machine.edges holds as if made by one step alone; restores those made before. */
export class StepEdges {
  private low = 0;
  private high = 0;
  private recursive = 0;

  constructor(private readonly machine: Machine) {}

  /** To be called before the step. */
  begin(): void {
    const { edges } = this.machine;
    this.low = edges.low;
    this.high = edges.high;
    this.recursive = edges.recursive;
    edges.clear();
  }

  /** Classes that the step acquired while it held others, or the same. Puts back what was recorded before it. */
  end(): readonly number[] {
    const { edges, tables } = this.machine;
    const acquired = new Set(edges.pairs().map(([, cls]) => cls));
    tables.lockClasses.forEach((_, cls) => {
      if ((edges.recursive & (1 << cls)) !== 0) acquired.add(cls);
    });
    edges.low |= this.low;
    edges.high |= this.high;
    edges.recursive |= this.recursive;
    return [...acquired];
  }
}

/**
 * @param pc the operation that was executed
 * @param before the slots before it
 * @param acquired classes by the edges it made
 */
export function lockEventsOf(
  machine: Machine,
  task: number,
  pc: number,
  before: Int32Array,
  acquired: readonly number[],
): LockEvent[] {
  const { tables } = machine;
  const event = specOf(at(tables.program.code, pc).op).branches === true ? 'try' : 'acquire';
  const changes = [...slotChanges(machine, task, before), ...itemChanges(machine, task, before)];
  const kept = changes.map(({ held, cls, lock }): LockEvent => ({
    event: held ? event : 'release',
    lockClass: className(machine, cls),
    lock,
  }));
  const passed = acquired
    .filter((cls) => !changes.some((change) => change.cls === cls))
    .map((cls) => className(machine, cls))
    .flatMap((name): LockEvent[] => [
      { event: 'acquire', lockClass: name, lock: name },
      { event: 'release', lockClass: name, lock: name },
    ]);
  return [...kept, ...passed];
}

interface Change {
  readonly held: boolean;
  readonly cls: number;
  readonly lock: string;
}

const className = ({ tables }: Machine, cls: number): string => at(tables.lockClasses, cls).name;

function slotChanges({ tables, state }: Machine, task: number, before: Int32Array): Change[] {
  const { ownerSlots, ownerClass, holderSlots, holderClass, layout } = tables;
  const changed = (
    slots: Int32Array,
    classes: Int32Array,
    holds: (value: number) => boolean,
  ): Change[] =>
    [...slots].flatMap((slot, i) => {
      const held = holds(cell(state, slot));
      if (held === holds(cell(before, slot))) return [];
      return [{ held, cls: cell(classes, i), lock: at(layout.slots, slot).name }];
    });
  return [
    ...changed(ownerSlots, ownerClass, (owner) => owner === task + 1),
    ...changed(holderSlots, holderClass, (mask) => (mask & (1 << task)) !== 0),
  ];
}

/** A worker holds its queue and its item from taking the item until it is done. */
function itemChanges({ tables, state }: Machine, task: number, before: Int32Array): Change[] {
  const { layout, typeOf, classOfQueueType, classOfWork } = tables;
  const worker = at(layout.tasks, task);
  if (worker.queue === 0) return [];
  const [was, is] = [cell(before, worker.item), cell(state, worker.item)];
  if (was === is) return [];
  const item = layout.items[is === 0 ? was : is];
  if (item === null || item === undefined) return [];
  const held = is !== 0;
  const queue = cell(classOfQueueType, cell(typeOf, worker.queue));
  const work = cell(classOfWork, item.work);
  return [queue, work].map((cls) => ({ held, cls, lock: at(tables.lockClasses, cls).name }));
}
