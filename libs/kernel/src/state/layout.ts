/**
 * The state vector of a program: which slot holds what, and how many bits each needs when packed.
 * Everything the future depends on is in it, so it can be copied, compared and hashed. Order: per task pc and
 * locals, per worker pc, item and locals, per timer or handler the same and what arms or raises it, statics, tables, registries, modules, queues, objects, milestones, faults.
 * The prologue `given` has scratch slots behind the end that are never packed.
 */
import type { HandlerActor, Thread, TimerActor, WorkerActor } from '../actors/actor.js';
import { at } from '../assert.js';
import { fieldKindOf } from '../derived/catalogue.js';
import {
  allocatingFunctions,
  freeingFunctions,
  itemsOfQueueType,
  signalledTasks,
  usesContexts,
} from '../derived/facts.js';
import {
  fieldSlots,
  isFired,
  isLinked,
  isRaised,
  isWorkItem,
  sizesOf,
  workersOf,
} from '../derived/fields.js';
import type { Sizes } from '../operation/field-kind.js';
import { MODULE_STATE_MAX } from '../primitives/module.js';
import { CONTEXT_SLOTS } from '../primitives/support/contexts.js';
import { SIGNALS_MAX } from '../primitives/support/signals.js';
import type { BodyDecl, FieldDecl, OfPart, Program } from '../program/program.js';
import type { ItemLayout, Layout, ListHead, ObjectLayout, SlotInfo } from './layout-types.js';

/** Most that an interrupt line can be disabled at once. */
const DISABLED_MAX = 3;

/** The name, with the part it belongs to where another part has one of that name. */
const called = ({ name, part }: OfPart & { readonly name: string }): string =>
  part === undefined ? name : `${part}:${name}`;

class Builder {
  readonly slots: SlotInfo[] = [];
  readonly lists: (ListHead | null)[] = [null];

  constructor(readonly sizes: Sizes) {}

  add(name: string, max: number, pointer = false, owner = 0, min = 0, saturates = false): number {
    this.slots.push({ name, min, max, pointer, owner, saturates });
    return this.slots.length - 1;
  }

  /** All slots of a field. @returns the first */
  field(prefix: string, field: FieldDecl, index: number, owner = 0): number {
    const first = this.slots.length;
    for (const { suffix, min, max, pointer, saturates } of fieldSlots(field, this.sizes)) {
      const name = `${prefix}${field.name}${suffix}`;
      this.add(name, max, pointer === true, owner, min, saturates === true);
    }
    if (isLinked(field)) this.lists.push({ slot: first, object: owner, field: index });
    return first;
  }

  /** @param options.items largest number of a work item, where the thread runs items; signalled: it may get signals */
  thread(
    program: Program,
    name: string,
    bodies: readonly BodyDecl[],
    { items, signalled = false }: { readonly items?: number; readonly signalled?: boolean } = {},
    contexts = usesContexts(program),
  ): { readonly thread: Thread; readonly item: number } {
    const pc = this.add(`${name}.pc`, program.code.length - 1);
    const item = items === undefined ? -1 : this.add(`${name}.item`, items);
    const localCount = Math.max(0, ...bodies.map((body) => body.locals.length));
    const locals = this.slots.length;
    for (let i = 0; i < localCount; i++) {
      const kinds = bodies.flatMap((body) => body.locals[i] ?? []);
      const pointer = kinds.some((local) => local.kind === 'ptr');
      const max = Math.max(
        ...kinds.map((l) => (l.kind === 'ptr' ? this.sizes.objects : (l.max ?? 1))),
      );
      const min = Math.min(...kinds.map((l) => l.min ?? 0));
      this.add(`${name}.${at(kinds, 0).name}`, max, pointer, 0, min);
    }
    const signals = signalled ? this.add(`${name}.signals`, SIGNALS_MAX) : -1;
    const firstContext = contexts ? this.slots.length : -1;
    if (contexts)
      CONTEXT_SLOTS.forEach(([suffix, max]) => {
        this.add(`${name}.${suffix}`, max);
      });
    const own = this.slots.length - locals;
    return {
      thread: { name, pc, locals, localCount: own, signals, contexts: firstContext },
      item,
    };
  }

  /** What raises a handler. A line counts interrupts and how often it is disabled; a tasklet has the latter in its field. */
  raised(
    name: string,
    field: FieldDecl,
    items: number,
  ): Pick<HandlerActor, 'raised' | 'left' | 'depth'> {
    const raised = this.add(`${name}.raised`, items);
    if (fieldKindOf(field.kind).range === 'none') return { raised, left: -1, depth: -1 };
    const left = this.add(`${name}.left`, field.max ?? 1);
    const depth = this.add(`${name}.depth`, DISABLED_MAX, false, 0, -1);
    return { raised, left, depth };
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

/** An actor per timer and handler, in the order of their items. That of delayed work runs nothing, so it never stands anywhere. */
function firedOf(
  program: Program,
  builder: Builder,
  items: readonly (ItemLayout | null)[],
  first: readonly number[],
): (TimerActor | HandlerActor)[] {
  const largest = items.length - 1;
  return items.flatMap((item, number): (TimerActor | HandlerActor)[] => {
    if (item === null) return [];
    const { object, field, work } = item;
    const t = first.findLastIndex((least) => least <= object);
    const type = at(program.types, t);
    const decl = at(type.fields, field);
    if (!isFired(decl)) return [];
    const of = type.count === 1 ? called(type) : `${called(type)}.${object - at(first, t)}`;
    const name = `${isRaised(decl) ? decl.kind : 'timer'}/${of}.${decl.name}`;
    const kind = 'timer' as const;
    if (fieldKindOf(decl.kind).fires === 'its work') {
      const pc = builder.add(`${name}.pc`, 0);
      const thread = {
        name,
        pc,
        locals: builder.slots.length,
        localCount: 0,
        signals: -1,
        contexts: -1,
      };
      const armed = builder.add(`${name}.armed`, largest);
      const queue = builder.add(`${name}.queue`, builder.sizes.objects, true);
      return [{ kind, ...thread, number, work, item: -1, armed, queue }];
    }
    const bodies = [at(program.bodies, at(program.works, work).body)];
    const { thread, item: running } = builder.thread(program, name, bodies, { items: largest });
    if (isRaised(decl)) {
      const own = { ...thread, number, work, item: running };
      return [{ kind: 'handler' as const, ...own, ...builder.raised(name, decl, largest) }];
    }
    const armed = builder.add(`${name}.armed`, largest);
    return [{ kind, ...thread, number, work, item: running, armed, queue: -1 }];
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
      type.fields.forEach(({ kind, work }, field) => {
        if (isWorkItem({ kind }) && work !== undefined)
          items.push({ object: at(first, t) + n, field, work });
      });
  });

  const targets = signalledTasks(program);
  const tasks: Layout['tasks'][number][] = program.tasks.map(({ name, body }, t) => {
    const signalled = targets.has(t);
    const { thread } = builder.thread(program, name, [at(program.bodies, body)], { signalled });
    return { kind: 'task', ...thread, body };
  });
  const workers: Omit<WorkerActor, 'fifo'>[] = [];
  const workBodies = program.works.map((work) => at(program.bodies, work.body));
  program.types.forEach((type, t) => {
    if (type.kind !== 'workqueue') return;
    const served = new Set(itemsOfQueueType(program, t));
    const bodies = workBodies.filter((_, work) => served.has(work));
    for (let n = 0; n < type.count; n++) {
      const queue = at(first, t) + n;
      const name = type.count === 1 ? `kworker/${called(type)}` : `kworker/${called(type)}.${n}`;
      const firstWorker = program.tasks.length + workers.length;
      const among = workersOf(type);
      for (let w = 0; w < among; w++) {
        const own = among === 1 ? name : `${name}:${w}`;
        const { thread, item } = builder.thread(program, own, bodies, {
          items: items.length - 1,
        });
        const served = { queue, queueType: t, first: firstWorker, among };
        workers.push({ kind: 'worker', ...thread, item, ...served });
      }
    }
  });

  const fired = firedOf(program, builder, items, first);

  const fieldOffsets: number[][] = program.types.map((type) => {
    let offset = 0;
    return type.fields.map((field) => {
      const width = fieldSlots(field, sizes).length;
      offset += width;
      return width === 0 ? -1 : offset - width;
    });
  });
  const statics = program.statics.map((field, i) =>
    builder.field(field.part === undefined ? '' : `${field.part}:`, field, i),
  );
  const tables = program.tables.map((table) => {
    const base = builder.slots.length;
    for (let i = 0; i < table.entries; i++) builder.add(`${called(table)}.${i}`, objectCount, true);
    return base;
  });
  const registries = program.registries.map((registry) => {
    const base = builder.slots.length;
    for (let i = 0; i < registry.entries; i++) builder.add(`${called(registry)}.${i}`, 1);
    return base;
  });
  const modules = program.modules.map((module) => {
    const base = builder.add(`${called(module)}.refs`, module.max);
    builder.add(`${called(module)}.state`, MODULE_STATE_MAX);
    return base;
  });

  const objects: (ObjectLayout | null)[] = [null];
  program.types.forEach((type, t) => {
    for (let n = 0; n < type.count; n++) {
      const number = at(first, t) + n;
      const name = type.count === 1 ? called(type) : `${called(type)}.${n}`;
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
  for (const worker of workers) {
    const queue = at(objects, worker.queue);
    tasks.push({ ...worker, fifo: queue === null || queue.fifoLength === 0 ? -1 : queue.fifo });
  }
  tasks.push(...fired);
  const packed = [...builder.slots];
  const given =
    program.given < 0
      ? null
      : builder.thread(program, 'given', [at(program.bodies, program.given)]).thread;
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
