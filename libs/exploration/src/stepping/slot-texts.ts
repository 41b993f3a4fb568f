/**
 * What the slots of a state hold, in words: an object, the tasks that hold a lock, an entry of a list, a number. Worked out
 * once per program from what the kinds of fields say of their slots.
 */
import {
  cell,
  fieldKindOf,
  fieldSlots,
  isLinked,
  sizesOf,
  type FieldDecl,
  type NamedChange,
  type NamedValue,
  type SlotChange,
  type Tables,
} from '@lastref/kernel';

const LIFE = '.life';

type Reading = 'number' | 'object' | 'owner' | 'mask' | 'list' | 'item';

/** `wq`, or `wq.0` where there are several; NULL for 0. */
export function objectName({ layout, life }: Tables, object: number): string {
  const name = layout.slots[life[object] ?? -1]?.name;
  return object === 0 || name === undefined ? 'NULL' : name.slice(0, -LIFE.length);
}

export class SlotTexts {
  private readonly readings: Reading[];
  /** Slots of counts. */
  readonly counts: readonly number[];
  /** Per object: its slots, its queue of pending items among them. */
  readonly ofObject: readonly (readonly number[])[];
  /** Slots of statics, tables, registries and modules. */
  readonly globals: readonly number[];

  private readonly slotOf: ReadonlyMap<string, number>;
  private readonly untold: ReadonlySet<number>;

  constructor(private readonly tables: Tables) {
    const { layout, program, itemSlots, life, lockSlots } = tables;
    this.slotOf = new Map(layout.slots.map(({ name }, slot) => [name, slot]));
    this.untold = new Set([...life.subarray(1), ...lockSlots.map(({ slot }) => slot)]);
    this.readings = layout.slots.map(({ pointer }) => (pointer ? 'object' : 'number'));
    for (const slot of itemSlots) this.readings[slot] = 'item';
    const counts: number[] = [];
    const globals: number[] = [];
    program.statics.forEach((field, i) => {
      const first = layout.statics[i] ?? 0;
      globals.push(...this.read(field, first, counts));
    });
    program.tables.forEach(({ entries }, i) => {
      globals.push(...range(layout.tables[i] ?? 0, entries));
    });
    program.registries.forEach(({ entries }, i) => {
      globals.push(...range(layout.registries[i] ?? 0, entries));
    });
    for (const first of layout.modules) {
      counts.push(first);
      globals.push(first + 1);
    }
    this.ofObject = layout.objects.map((object, number) => {
      if (object === null) return [];
      const offsets = layout.fieldOffsets[object.type] ?? [];
      const fields = program.types[object.type]?.fields ?? [];
      fields.forEach((field, f) => {
        const offset = offsets[f] ?? -1;
        if (offset >= 0) this.read(field, object.fields + offset, counts);
      });
      const own = layout.slots.flatMap(({ owner }, slot) => (owner === number ? [slot] : []));
      return [...own, ...range(object.fifo, object.fifoLength)];
    });
    this.counts = counts;
    this.globals = globals.filter((slot) => !counts.includes(slot));
  }

  /** @param called its name, if not that of the slot */
  value(state: Int32Array, slot: number, called?: string): NamedValue {
    const value = cell(state, slot);
    const name = called ?? this.tables.layout.slots[slot]?.name ?? '';
    return { name, value, text: this.text(slot, value) };
  }

  /** What a step changed, without who holds which lock and which objects live. */
  changes(changes: readonly SlotChange[]): NamedChange[] {
    return changes.flatMap(({ name, from, to }) => {
      const slot = this.slotOf.get(name) ?? -1;
      if (this.untold.has(slot)) return [];
      return [{ name, from: this.text(slot, from), to: this.text(slot, to) }];
    });
  }

  private text(slot: number, value: number): string {
    const reading = this.readings[slot] ?? 'number';
    switch (reading) {
      case 'number':
        return String(value);
      case 'object':
        return objectName(this.tables, value);
      case 'owner':
        return value === 0 ? 'nobody' : this.taskName(value - 1);
      case 'mask':
        return this.tasksOf(value);
      case 'list':
        return this.listName(value);
      case 'item':
        return this.itemName(value) ?? 'nothing';
    }
  }

  /** `object.field` of a work item; undefined for none. */
  itemName(number: number): string | undefined {
    const { layout, program } = this.tables;
    const item = layout.items[number];
    if (item === null || item === undefined) return undefined;
    const field = program.types[layout.objects[item.object]?.type ?? -1]?.fields[item.field];
    return `${objectName(this.tables, item.object)}.${field?.name ?? ''}`;
  }

  /** Takes note of what the slots of a field are. @returns them */
  private read(field: FieldDecl, first: number, counts: number[]): readonly number[] {
    const slots = fieldSlots(field, sizesOf(this.tables.program));
    slots.forEach(({ tasks }, i) => {
      if (tasks !== undefined) this.readings[first + i] = tasks;
      else if (isLinked(field)) this.readings[first + i] = 'list';
    });
    if (fieldKindOf(field.kind).counts && slots.length > 0) counts.push(first);
    return range(first, slots.length);
  }

  private taskName(task: number): string {
    return this.tables.layout.tasks[task]?.name ?? `task ${task}`;
  }

  private tasksOf(mask: number): string {
    const names = this.tables.layout.tasks.flatMap(({ name }, t) =>
      (mask & (1 << t)) === 0 ? [] : [name],
    );
    return names.length === 0 ? 'nobody' : names.join(', ');
  }

  /** The entry that a link points to, by the name of its field. */
  private listName(number: number): string {
    const head = this.tables.layout.lists[number];
    if (head === null || head === undefined) return 'NULL';
    const name = this.tables.layout.slots[head.slot]?.name ?? '';
    return name.replace(/\.(?:next|first)$/, '');
  }
}

const range = (first: number, length: number): number[] =>
  Array.from({ length }, (_, i) => first + i);
