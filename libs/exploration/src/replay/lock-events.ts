/**
 * What a step did to which locks: what it took and let go by the slots that say who holds a lock, and by the item that a
 * worker runs; and, for calls that wait for a lock without keeping it (a flush, a drain), what the operation says of itself.
 * The one place that knows; whoever tells of locks reads the events.
 */
import {
  at,
  cell,
  laidOut,
  Row,
  specOf,
  type LockEvent,
  type Machine,
  type Tables,
} from '@lastref/kernel';

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
  const lockClass = className(machine, cell(tables.code, (pc << Row.shift) + Row.lock));
  const name = waitedFor(machine, task, pc, before, lock.operand) ?? lockClass;
  return [
    ...kept,
    { event: 'acquire', lockClass, lock: name },
    { event: 'release', lockClass, lock: name },
  ];
}

/** Which lock or queue a call waits for without keeping it, by the pointer that the task had before it. */
function waitedFor(
  { tables, localBase }: Machine,
  task: number,
  pc: number,
  before: Int32Array,
  index: number,
): string | undefined {
  const { operand, offset } = at(laidOut(specOf(at(tables.program.code, pc).op).operands), index);
  const word = (pc << Row.shift) + Row.arg + offset;
  const base = cell(tables.code, word);
  const object = base < 0 ? 0 : cell(before, cell(localBase, task) + base);
  if (operand.is === 'pointer') return objectName(tables, object);
  const slot = cell(tables.code, word + 1) + (base < 0 ? 0 : cell(tables.fields, object));
  return tables.lockSlots.find((held) => held.slot >= slot)?.lock;
}

const LIFE = '.life';

/** `wq`, or `wq.0` where there are several. */
function objectName({ layout, life }: Tables, object: number): string | undefined {
  return layout.slots[life[object] ?? -1]?.name.slice(0, -LIFE.length);
}

interface Change {
  readonly held: boolean;
  readonly cls: number;
  readonly lock: string;
}

const className = ({ tables }: Machine, cls: number): string => at(tables.lockClasses, cls).name;

function slotChanges({ tables, state }: Machine, task: number, before: Int32Array): Change[] {
  return tables.lockSlots.flatMap(({ slot, lock, cls, tasks }) => {
    const holds = (value: number): boolean =>
      tasks === 'owner' ? value === task + 1 : (value & (1 << task)) !== 0;
    const held = holds(cell(state, slot));
    if (held === holds(cell(before, slot))) return [];
    return [{ held, cls, lock }];
  });
}

/** A worker holds its queue and its item from taking the item until it is done; a timer or handler the item. */
function itemChanges({ tables, state }: Machine, task: number, before: Int32Array): Change[] {
  const { layout, classOfQueueType, classOfWork } = tables;
  const actor = at(layout.tasks, task);
  if (actor.kind === 'task' || actor.item < 0) return [];
  const [was, is] = [cell(before, actor.item), cell(state, actor.item)];
  if (was === is) return [];
  const item = layout.items[is === 0 ? was : is];
  if (item === null || item === undefined) return [];
  const held = is !== 0;
  const owner = objectName(tables, item.object) ?? '';
  const field = tables.program.types[layout.objects[item.object]?.type ?? -1]?.fields[item.field];
  const cls = cell(classOfWork, item.work);
  const own: Change = { held, cls, lock: `${owner}.${field?.name ?? ''}` };
  if (actor.kind !== 'worker') return [own];
  const queue = objectName(tables, actor.queue) ?? '';
  return [{ held, cls: cell(classOfQueueType, actor.queueType), lock: queue }, own];
}
