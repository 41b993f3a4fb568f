/**
 * What a step did to which locks: what it took and let go by the slots that say who holds a lock, and by the item that a
 * worker runs; and, for calls that wait for a lock without keeping it (a flush, a drain), what the operation says of itself.
 * The one place that knows; whoever tells of locks reads the events.
 */
import { at, cell, Row, specOf, type LockEvent, type Machine } from '@lastref/kernel';

/**
 * @param pc the operation that was executed
 * @param before the slots before it
 * @param ok the step did not fail
 */
export function lockEventsOf(
  machine: Machine,
  task: number,
  pc: number,
  before: Int32Array,
  ok: boolean,
): LockEvent[] {
  const { tables } = machine;
  const { lock } = specOf(at(tables.program.code, pc).op);
  const event = lock === 'none' || lock.ordered ? 'acquire' : 'try';
  const changes = [...slotChanges(machine, task, before), ...itemChanges(machine, task, before)];
  const kept = changes.map(({ held, cls, lock: which }): LockEvent => ({
    event: held ? event : 'release',
    lockClass: className(machine, cls),
    lock: which,
  }));
  if (!ok || pc === 0 || lock === 'none' || !lock.ordered || lock.takes !== 'nothing') return kept;
  const name = className(machine, cell(tables.code, (pc << Row.shift) + Row.lock));
  return [
    ...kept,
    { event: 'acquire', lockClass: name, lock: name },
    { event: 'release', lockClass: name, lock: name },
  ];
}

interface Change {
  readonly held: boolean;
  readonly cls: number;
  readonly lock: string;
}

const className = ({ tables }: Machine, cls: number): string => at(tables.lockClasses, cls).name;

function slotChanges({ tables, state }: Machine, task: number, before: Int32Array): Change[] {
  return tables.lockSlots.flatMap(({ slot, cls, tasks }) => {
    const holds = (value: number): boolean =>
      tasks === 'owner' ? value === task + 1 : (value & (1 << task)) !== 0;
    const held = holds(cell(state, slot));
    if (held === holds(cell(before, slot))) return [];
    return [{ held, cls, lock: at(tables.layout.slots, slot).name }];
  });
}

/** A worker holds its queue and its item from taking the item until it is done; a timer the item. */
function itemChanges({ tables, state }: Machine, task: number, before: Int32Array): Change[] {
  const { layout, classOfQueueType, classOfWork } = tables;
  const actor = at(layout.tasks, task);
  if (actor.kind === 'task' || actor.item < 0) return [];
  const [was, is] = [cell(before, actor.item), cell(state, actor.item)];
  if (was === is) return [];
  const item = layout.items[is === 0 ? was : is];
  if (item === null || item === undefined) return [];
  const own = cell(classOfWork, item.work);
  const classes = actor.kind === 'worker' ? [cell(classOfQueueType, actor.queueType), own] : [own];
  return classes.map((cls) => ({
    held: is !== 0,
    cls,
    lock: at(tables.lockClasses, cls).name,
  }));
}
