/** Where in the state pointers, pending items and list heads are. */
import { Item } from '../operation/row.js';
import type { Layout } from '../state/layout-types.js';
import type { Tables } from './tables.js';

export function pointersOf(
  layout: Layout,
): Pick<Tables, 'pointerSlots' | 'pointerOwner' | 'pointerFirst' | 'itemSlots'> {
  const slots = layout.slots.flatMap((slot, i) => (slot.pointer ? [i] : []));
  const given = layout.given;
  const scratch =
    given === null ? [] : Array.from({ length: given.localCount }, (_, i) => given.locals + i);
  const ownerOf = (slot: number): number => layout.slots[slot]?.owner ?? 0;
  const pointerSlots = [...slots, ...scratch].sort((a, b) => ownerOf(a) - ownerOf(b) || a - b);
  const owners = pointerSlots.map(ownerOf);
  const fifos = layout.objects.flatMap((object) =>
    object === null ? [] : Array.from({ length: object.fifoLength }, (_, i) => object.fifo + i),
  );
  const running = layout.tasks.flatMap((actor) =>
    actor.kind === 'task' || actor.item < 0 ? [] : [actor.item],
  );
  return {
    pointerSlots: Int32Array.from(pointerSlots),
    pointerOwner: Int32Array.from(owners),
    pointerFirst: Int32Array.from({ length: layout.objects.length + 1 }, (_, object) =>
      owners.reduce((n, owner) => n + (owner < object ? 1 : 0), 0),
    ),
    itemSlots: Int32Array.from([
      ...fifos,
      ...running,
      ...armedSlots(layout),
      ...raisedSlots(layout),
    ]),
  };
}

/** Which worker serves which queue, and where its items are. */
export function queuesOf(
  layout: Layout,
): Pick<
  Tables,
  | 'workerOf'
  | 'workersOf'
  | 'itemSlotOf'
  | 'fifoSlots'
  | 'itemObject'
  | 'itemOfField'
  | 'slotOfItem'
  | 'hasItems'
> {
  const fifos = layout.objects.flatMap((object) =>
    object === null ? [] : Array.from({ length: object.fifoLength }, (_, i) => object.fifo + i),
  );
  const itemOfField = new Int32Array(layout.objects.length << Item.fieldBits);
  const slotOfItem = new Int32Array(layout.items.length).fill(-1);
  layout.items.forEach((item, number) => {
    if (item === null) return;
    itemOfField[(item.object << Item.fieldBits) | item.field] = number;
    const object = layout.objects[item.object];
    const offset = layout.fieldOffsets[object?.type ?? -1]?.[item.field] ?? -1;
    if (offset >= 0) slotOfItem[number] = (object?.fields ?? 0) + offset;
  });
  return {
    workerOf: Int32Array.from(layout.objects, (object, number) =>
      object === null
        ? -1
        : layout.tasks.findIndex((actor) => actor.kind === 'worker' && actor.queue === number),
    ),
    workersOf: Int32Array.from(
      layout.objects,
      (_, number) =>
        layout.tasks.filter((actor) => actor.kind === 'worker' && actor.queue === number).length,
    ),
    slotOfItem,
    itemSlotOf: Int32Array.from([...layout.tasks, null], (actor) =>
      actor === null || actor.kind === 'task' ? -1 : actor.item,
    ),
    hasItems: layout.items.length > 1,
    fifoSlots: Int32Array.from(fifos),
    itemObject: Int32Array.from(layout.items, (item) => item?.object ?? 0),
    itemOfField,
  };
}

const armedSlots = ({ tasks }: Layout): number[] =>
  tasks.flatMap((actor) => (actor.kind === 'timer' ? [actor.armed] : []));

const raisedSlots = ({ tasks }: Layout): number[] =>
  tasks.flatMap((actor) => (actor.kind === 'handler' ? [actor.raised] : []));

/** Which timer or handler an item has, and where it stands whether it is armed. */
export function firedOf(
  layout: Layout,
): Pick<Tables, 'timerOf' | 'handlerOf' | 'armedSlotOf' | 'armedSlots'> {
  const actorOf = (wanted: 'timer' | 'handler'): Int32Array =>
    Int32Array.from(layout.items, (_, number) =>
      layout.tasks.findIndex((actor) => actor.kind === wanted && actor.number === number),
    );
  return {
    timerOf: actorOf('timer'),
    handlerOf: actorOf('handler'),
    armedSlotOf: Int32Array.from(layout.tasks, (actor) =>
      actor.kind === 'timer' ? actor.armed : -1,
    ),
    armedSlots: Int32Array.from(armedSlots(layout)),
  };
}

export function listNumbers(layout: Layout): Int32Array {
  const numbers = new Int32Array(layout.slots.length);
  layout.lists.forEach((head, number) => {
    if (head !== null) numbers[head.slot] = number;
  });
  return numbers;
}
