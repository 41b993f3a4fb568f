/**
 * Objects that some tasks can come to touch while the others do not move: what their locals point to, and what can be
 * loaded from there through the pointers, tables, lists and queues they may touch. They can hand each other pointers, so
 * it is one set for all of them. What is not in it is private to those that do not move.
 */
import { at, cell, resource, type Machine } from '@lastref/kernel';
import { touches, type Bits } from './bits.js';
import type { EffectBits } from './effect-bits.js';
import { fieldsOf } from './sources.js';

interface Source {
  readonly slot: number;
  /** Task whose local it is, or -1. */
  readonly task: number;
  /** Object whose field it is, 0 for none. */
  readonly object: number;
  /** What has to be touched to load the pointer. */
  readonly resource: number;
}

export class Reach {
  private readonly sources: readonly Source[];
  private readonly linksOf: readonly number[];
  private readonly queues: readonly {
    readonly fifo: number;
    readonly length: number;
    readonly resource: number;
  }[];
  /** Armed timers, and handlers that are raised, lead to their objects. */
  private readonly timers: readonly { readonly slot: number; readonly fields: readonly number[] }[];
  private readonly reached: Uint8Array;

  constructor(
    private readonly machine: Machine,
    effects: EffectBits,
  ) {
    const { layout, program, typeOf } = machine.tables;
    const sources: Source[] = [];
    layout.tasks.forEach(({ locals, localCount }, task) => {
      for (let i = 0; i < localCount; i++)
        if (layout.slots[locals + i]?.pointer === true)
          sources.push({ slot: locals + i, task, object: 0, resource: -1 });
    });
    const shared = (slot: number, object: number, name: string): void => {
      sources.push({ slot, task: -1, object, resource: effects.numberOf(name) });
    };
    program.statics.forEach(({ kind }, field) => {
      if (kind === 'ptr') shared(at(layout.statics, field), 0, resource.static(field));
    });
    program.tables.forEach(({ entries }, table) => {
      for (let i = 0; i < entries; i++)
        shared(at(layout.tables, table) + i, 0, resource.table(table));
    });
    layout.objects.forEach((object, number) => {
      if (object === null) return;
      at(program.types, object.type).fields.forEach(({ kind }, field) => {
        const offset = at(at(layout.fieldOffsets, object.type), field);
        if (kind === 'ptr')
          shared(object.fields + offset, number, resource.field(object.type, field));
      });
    });
    this.sources = sources;
    this.linksOf = layout.lists.map((head) => {
      if (head === null) return -1;
      const type = head.object === 0 ? -1 : cell(typeOf, head.object);
      return effects.numberOf(resource.links(effects.effects.listClass(type, head.field)));
    });
    this.queues = layout.objects.flatMap((object) =>
      object === null || object.fifoLength === 0
        ? []
        : [
            {
              fifo: object.fifo,
              length: object.fifoLength,
              resource: effects.numberOf(resource.queue(object.type)),
            },
          ],
    );
    this.timers = layout.tasks.flatMap((actor) =>
      actor.kind === 'timer' || actor.kind === 'handler'
        ? [
            {
              slot: actor.kind === 'timer' ? actor.armed : actor.raised,
              fields: fieldsOf(program, actor.work).map((name) => effects.numberOf(name)),
            },
          ]
        : [],
    );
    this.reached = new Uint8Array(layout.objects.length);
  }

  /** Whether the tasks can come to touch the object. @param touched what they may touch */
  has(object: number, moving: number, touched: Bits): boolean {
    this.start(moving, touched);
    for (let grows = true; grows;) {
      if (this.reached[object] === 1) return true;
      grows = this.grow(touched);
    }
    return false;
  }

  private start(moving: number, touched: Bits): void {
    const { state, tables } = this.machine;
    this.reached.fill(0);
    this.reached[0] = 1;
    for (const { slot, task } of this.sources)
      if (task >= 0 && (moving & (1 << task)) !== 0) this.reached[cell(state, slot)] = 1;
    for (const { fifo, length, resource: number } of this.queues)
      if (touches(touched, number))
        for (let i = 0; i < length; i++)
          this.reached[cell(tables.itemObject, cell(state, fifo + i))] = 1;
    for (const { slot, fields } of this.timers)
      if (fields.some((number) => touches(touched, number)))
        this.reached[cell(tables.itemObject, cell(state, slot))] = 1;
  }

  private grow(touched: Bits): boolean {
    const { state } = this.machine;
    let grows = false;
    for (const { slot, task, object, resource: number } of this.sources) {
      if (task >= 0 || (object !== 0 && this.reached[object] !== 1)) continue;
      const to = cell(state, slot);
      if (this.reached[to] === 1 || !touches(touched, number)) continue;
      this.reached[to] = 1;
      grows = true;
    }
    return this.growLists(touched) || grows;
  }

  private growLists(touched: Bits): boolean {
    const { tables, state } = this.machine;
    const { lists } = tables.layout;
    let grows = false;
    for (let number = 1; number < lists.length; number++) {
      const head = lists[number];
      if (head === null || head === undefined || !touches(touched, at(this.linksOf, number)))
        continue;
      if (head.object !== 0 && this.reached[head.object] !== 1) continue;
      for (const slot of [head.slot, head.slot + 1]) {
        const to = lists[cell(state, slot)]?.object ?? 0;
        if (this.reached[to] === 1) continue;
        this.reached[to] = 1;
        grows = true;
      }
    }
    return grows;
  }
}
