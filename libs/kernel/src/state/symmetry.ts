/**
 * Tasks that nothing tells apart: same body, same start, same arguments (one local of the prologue has one value). States
 * that differ only in which of them is where have the same future, so a search may keep one of them: the one whose tasks
 * of a group are in order. Exchanging two tasks exchanges their program counters and locals, and their numbers wherever
 * the state names a task.
 * No signature, cost apart, names a task; shrinking and replay, which do, never use this. Tasks with a timed wait are told
 * apart by their place in the program, because timeouts fire in that order.
 */
import { at } from '../assert.js';
import type { FieldSlot } from '../operation/field-kind.js';
import type { FieldDecl } from '../program/program.js';
import { fieldSlots, sizesOf } from '../derived/fields.js';
import type { Kernel } from '../operation/kernel.js';
import { isTimed } from '../tables/compile.js';
import type { Tables } from '../tables/tables.js';
import type { Vector } from './vector.js';

export class Symmetry {
  /** Groups of two or more task numbers, ascending. */
  readonly groups: readonly (readonly number[])[];
  private readonly ownerSlots: Int32Array;
  private readonly maskSlots: Int32Array;
  /** Slots that are about one task each: for every field with such slots, by task. */
  private readonly taskSlots: readonly (readonly number[])[];
  private readonly scratch: Int32Array;
  /** New number of each task, of the exchange at hand. */
  private readonly renamed: Int32Array;
  private readonly order: Int32Array;

  constructor(private readonly tables: Tables) {
    const { program, layout } = tables;
    const byStart = new Map<string, number[]>();
    program.tasks.forEach((task, t) => {
      // Who gets a signal is named by the code that sends it.
      const isOne = at(layout.tasks, t).signals >= 0 || program.tasks.some(({ on }) => on === t);
      const { body, init, args, optional, after, context, on } = task;
      const key = JSON.stringify([
        [body, init, args, optional, after],
        [context, on, isOne ? t : -1],
      ]);
      byStart.set(key, [...(byStart.get(key) ?? []), t]);
    });
    const timed = new Set(
      program.code.flatMap(({ op }, pc) => (isTimed(op) ? [tables.bodyOf[pc] ?? -1] : [])),
    );
    this.groups = [...byStart.values()].filter(
      ([first = -1, second]) =>
        second !== undefined && !timed.has(program.tasks[first]?.body ?? -1),
    );
    const owners: number[] = [];
    const masks: number[] = [];
    const aboutTasks: number[][] = [];
    const sizes = sizesOf(program);
    const add = (field: FieldDecl, first: number): void => {
      fieldSlots(field, sizes).forEach(({ tasks }, i) => {
        if (tasks !== undefined) (tasks === 'owner' ? owners : masks).push(first + i);
      });
      aboutTasks.push(...slotsOfTasks(fieldSlots(field, sizes), first));
    };
    program.statics.forEach((field, i) => {
      add(field, at(layout.statics, i));
    });
    for (const object of layout.objects) {
      if (object === null) continue;
      const offsets = at(layout.fieldOffsets, object.type);
      at(program.types, object.type).fields.forEach((field, f) => {
        if (at(offsets, f) >= 0) add(field, object.fields + at(offsets, f));
      });
    }
    this.ownerSlots = Int32Array.from(owners);
    this.maskSlots = Int32Array.from(masks);
    this.taskSlots = aboutTasks;
    this.scratch = new Int32Array(layout.slots.length);
    this.renamed = new Int32Array(layout.tasks.length);
    this.order = new Int32Array(layout.tasks.length);
  }

  /** Exchanges tasks until every group is in order. */
  canonicalise(machine: Kernel): void {
    for (const group of this.groups)
      if (this.sort(group, machine.state)) this.exchange(group, machine);
  }

  /** Puts the group's order by program counter and locals into `order`. @returns whether it differs */
  private sort(group: readonly number[], state: Vector): boolean {
    const { order } = this;
    let differs = false;
    for (let i = 0; i < group.length; i++) {
      const task = group[i] as number;
      let j = i;
      for (; j > 0 && this.isBefore(task, order[j - 1] as number, state); j--) {
        order[j] = order[j - 1] as number;
        differs = true;
      }
      order[j] = task;
    }
    return differs;
  }

  private isBefore(a: number, b: number, state: Vector): boolean {
    const { tasks } = this.tables.layout;
    const [first, second] = [tasks[a], tasks[b]];
    if (first === undefined || second === undefined) return false;
    if (state[first.pc] !== state[second.pc])
      return (state[first.pc] as number) < (state[second.pc] as number);
    for (let i = 0; i < first.localCount; i++) {
      const x = state[first.locals + i] as number;
      const y = state[second.locals + i] as number;
      if (x !== y) return x < y;
    }
    return false;
  }

  private exchange(group: readonly number[], machine: Kernel): void {
    const { tables, renamed, order, scratch } = this;
    const { state } = machine;
    const { tasks } = tables.layout;
    for (let i = 0; i < scratch.length; i++) scratch[i] = state[i] as number;
    for (let t = 0; t < renamed.length; t++) renamed[t] = t;
    for (let i = 0; i < group.length; i++) {
      const to = group[i] as number;
      const [source, target] = [tasks[order[i] as number], tasks[to]];
      if (source === undefined || target === undefined) continue;
      renamed[order[i] as number] = to;
      machine.set(target.pc, scratch[source.pc] as number);
      for (let l = 0; l < source.localCount; l++)
        machine.set(target.locals + l, scratch[source.locals + l] as number);
    }
    for (let i = 0; i < this.ownerSlots.length; i++) {
      const owner = state[this.ownerSlots[i] as number] as number;
      if (owner !== 0)
        machine.set(this.ownerSlots[i] as number, (renamed[owner - 1] as number) + 1);
    }
    for (let i = 0; i < this.maskSlots.length; i++) {
      let mask = 0;
      for (let rest = state[this.maskSlots[i] as number] as number; rest !== 0; rest &= rest - 1)
        mask |= 1 << (renamed[31 - Math.clz32(rest & -rest)] as number);
      machine.set(this.maskSlots[i] as number, mask);
    }
    this.exchangeTaskSlots(machine);
  }

  private exchangeTaskSlots(machine: Kernel): void {
    const { renamed, scratch } = this;
    for (const slots of this.taskSlots) {
      for (const slot of slots) scratch[slot] = machine.state[slot] as number;
      for (let t = 0; t < slots.length; t++) {
        const to = renamed[t] as number;
        if (to !== t) machine.set(slots[to] as number, scratch[slots[t] as number] as number);
      }
    }
  }
}

/** Slots about tasks, each with the same one of every other task, in the order of the tasks. */
function slotsOfTasks(slots: readonly FieldSlot[], first: number): number[][] {
  const found: number[][] = [];
  const seen: number[] = [];
  slots.forEach(({ of }, i) => {
    if (of === undefined) return;
    const nth = seen[of] ?? 0;
    seen[of] = nth + 1;
    (found[nth] ??= [])[of] = first + i;
  });
  return found;
}
