/**
 * The state vector of a program: which slot holds what, and how many bits each needs when packed.
 * Everything the future depends on is in it, so it can be copied, compared and hashed. Order: per task pc and
 * locals, per worker pc, item and locals, statics, tables, registries, modules, queues, objects, milestones, faults.
 * The prologue `given` has scratch slots behind the end that are never packed.
 */
import { at } from '../assert.js';
import type { BodyDecl, FieldDecl, Program } from '../program/program.js';
import { fieldSlots, sizesOf, type Sizes } from './field-slots.js';
import { allocatingFunctions, freeingFunctions, itemsOfQueueType } from './facts.js';

export interface SlotInfo {
  readonly name: string;
  readonly max: number;
  /** The slot holds an object number. */
  readonly pointer: boolean;
  /** Object whose field it is, 0 for everything else. */
  readonly owner: number;
}

/** A thread of execution: a declared task, a worker of a queue, or the prologue. */
export interface TaskLayout {
  readonly name: string;
  readonly pc: number;
  readonly locals: number;
  readonly localCount: number;
  /** Queue object a worker serves, 0 for a declared task. */
  readonly queue: number;
  /** Slot of the item a worker runs, -1 for a declared task. */
  readonly item: number;
}

export interface ObjectLayout {
  readonly type: number;
  readonly life: number;
  readonly fields: number;
  /** Workqueues only: first slot of the queue of pending items, its length, and the draining flag. */
  readonly fifo: number;
  readonly fifoLength: number;
  readonly draining: number;
}

/** A work item: the work field of one object. */
export interface ItemLayout {
  readonly object: number;
  readonly work: number;
}

/** A struct list_head: its first slot, and the object and field it is; object 0 for a static one. */
export interface ListHead {
  readonly slot: number;
  readonly object: number;
  readonly field: number;
}

export interface Layout {
  readonly slots: readonly SlotInfo[];
  readonly tasks: readonly TaskLayout[];
  /** Index 0 is NULL. */
  readonly objects: readonly (ObjectLayout | null)[];
  /** Index 0 is "none". */
  readonly items: readonly (ItemLayout | null)[];
  /** Index 0 is NULL. */
  readonly lists: readonly (ListHead | null)[];
  readonly statics: readonly number[];
  readonly tables: readonly number[];
  readonly registries: readonly number[];
  readonly modules: readonly number[];
  readonly milestones: readonly number[];
  readonly faults: number;
  readonly given: TaskLayout | null;
  /** Slot offset of each field inside an object of its type; -1 for a field without a slot. */
  readonly fieldOffsets: readonly (readonly number[])[];
}

class Builder {
  readonly slots: SlotInfo[] = [];
  readonly lists: (ListHead | null)[] = [null];

  constructor(readonly sizes: Sizes) {}

  add(name: string, max: number, pointer = false, owner = 0): number {
    this.slots.push({ name, max, pointer, owner });
    return this.slots.length - 1;
  }

  /** All slots of a field. @returns the first */
  field(prefix: string, field: FieldDecl, index: number, owner = 0): number {
    const first = this.slots.length;
    for (const { suffix, max, pointer } of fieldSlots(field, this.sizes))
      this.add(`${prefix}${field.name}${suffix}`, max, pointer === true, owner);
    if (field.kind === 'list') this.lists.push({ slot: first, object: owner, field: index });
    return first;
  }

  task(
    program: Program,
    name: string,
    bodies: readonly BodyDecl[],
    objects: number,
    queue: number,
    items: number,
  ): TaskLayout {
    const pc = this.add(`${name}.pc`, program.code.length - 1);
    const item = queue === 0 ? -1 : this.add(`${name}.item`, items);
    const localCount = Math.max(0, ...bodies.map((body) => body.locals.length));
    const locals = this.slots.length;
    for (let i = 0; i < localCount; i++) {
      const kinds = bodies.flatMap((body) => body.locals[i] ?? []);
      const pointer = kinds.some((local) => local.kind === 'ptr');
      const max = Math.max(...kinds.map((l) => (l.kind === 'ptr' ? objects : (l.max ?? 1))));
      this.add(`${name}.${at(kinds, 0).name}`, max, pointer);
    }
    return { name, pc, locals, localCount, queue, item };
  }
}

/** Numbers of the objects of each type: consecutive from 1, in declaration order. */
export function firstObjects(program: Program): number[] {
  let next = 1;
  return program.types.map((type) => {
    const first = next;
    next += type.count;
    return first;
  });
}

export function layoutOf(program: Program): Layout {
  const sizes = sizesOf(program);
  const builder = new Builder(sizes);
  const first = firstObjects(program);
  const objectCount = sizes.objects;

  const items: (ItemLayout | null)[] = [null];
  program.types.forEach((type, t) => {
    for (let n = 0; n < type.count; n++)
      for (const field of type.fields)
        if (field.kind === 'work' && field.work !== undefined)
          items.push({ object: at(first, t) + n, work: field.work });
  });

  const tasks = program.tasks.map((task) =>
    builder.task(program, task.name, [at(program.bodies, task.body)], objectCount, 0, 0),
  );
  const workBodies = program.works.map((work) => at(program.bodies, work.body));
  program.types.forEach((type, t) => {
    if (type.kind !== 'workqueue') return;
    const served = new Set(itemsOfQueueType(program, t));
    const bodies = workBodies.filter((_, work) => served.has(work));
    for (let n = 0; n < type.count; n++) {
      const name = type.count === 1 ? `kworker/${type.name}` : `kworker/${type.name}.${n}`;
      tasks.push(
        builder.task(program, name, bodies, objectCount, at(first, t) + n, items.length - 1),
      );
    }
  });

  const fieldOffsets: number[][] = program.types.map((type) => {
    let offset = 0;
    return type.fields.map((field) => {
      const width = fieldSlots(field, sizes).length;
      offset += width;
      return width === 0 ? -1 : offset - width;
    });
  });
  const statics = program.statics.map((field, i) => builder.field('', field, i));
  const tables = program.tables.map((table) => {
    const base = builder.slots.length;
    for (let i = 0; i < table.entries; i++) builder.add(`${table.name}.${i}`, objectCount, true);
    return base;
  });
  const registries = program.registries.map((registry) => {
    const base = builder.slots.length;
    for (let i = 0; i < registry.entries; i++) builder.add(`${registry.name}.${i}`, 1);
    return base;
  });
  const modules = program.modules.map((module) => {
    const base = builder.add(`${module.name}.refs`, module.max);
    builder.add(`${module.name}.state`, 2);
    return base;
  });

  const objects: (ObjectLayout | null)[] = [null];
  program.types.forEach((type, t) => {
    for (let n = 0; n < type.count; n++) {
      const number = at(first, t) + n;
      const name = type.count === 1 ? type.name : `${type.name}.${n}`;
      const lives = allocatingFunctions(program, t).length + freeingFunctions(program, t).length;
      const life = builder.add(`${name}.life`, lives);
      const fields = builder.slots.length;
      type.fields.forEach((field, i) => builder.field(`${name}.`, field, i, number));
      let [fifo, fifoLength, draining] = [-1, 0, -1];
      if (type.kind === 'workqueue') {
        const served = new Set(itemsOfQueueType(program, t));
        draining = builder.add(`${name}.draining`, 1, false, number);
        fifo = builder.slots.length;
        fifoLength = items.filter((item) => item !== null && served.has(item.work)).length;
        for (let i = 0; i < fifoLength; i++) builder.add(`${name}.pending.${i}`, items.length - 1);
      }
      objects.push({ type: t, life, fields, fifo, fifoLength, draining });
    }
  });
  const milestones = program.milestones.map((name) => builder.add(`milestone.${name}`, 1));
  const faults = builder.add('faults.left', program.faults.budget);
  const packed = [...builder.slots];
  const given =
    program.given < 0
      ? null
      : builder.task(program, 'given', [at(program.bodies, program.given)], objectCount, 0, 0);
  return {
    slots: packed,
    tasks,
    objects,
    items,
    lists: builder.lists,
    statics,
    tables,
    registries,
    modules,
    milestones,
    faults,
    given,
    fieldOffsets,
  };
}
