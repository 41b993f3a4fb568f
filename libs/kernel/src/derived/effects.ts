/**
 * What operations can read and change, as named resources, for whoever must know which steps commute: all of it, where
 * footprint.ts gives the one location that matters most. A resource is a static, a field of all objects of a type, the
 * life of a type's objects, a pool, a queue, a table ... Two effects commute unless one writes what the other reads or
 * writes. What commutes with itself but not with the rest (references taken, readers of a semaphore) is a read here, and
 * the rest writes. Derived from what each operand says it is touched for.
 * Limit: what is true only while memory is kept apart after kfree; `reuse: zeroed` needs more.
 */
import { at } from '../assert.js';
import { laidOut, type Operand, type OperandIs, type Touch } from '../operation/operand.js';
import type { FieldDecl, OpDecl, Program } from '../program/program.js';
import { JOINED_KINDS, specOf } from './catalogue.js';
import { bodyOfOps, itemsOfQueueType, pointeeOf } from './facts.js';
import { isLinked, isPointer, isFired, isWorkItem, workersOf } from './fields.js';
import { listClassesOf, type ListClasses } from './list-classes.js';
import { EffectBuilder, resource, type Effect } from './resources.js';

/** Effects of a program's operations, each without those of the local operations behind it. */
export class Effects {
  /** Per operation. */
  readonly of: readonly Effect[];
  /** Work functions that can be put on a queue of the type; empty for structs. */
  readonly worksOf: readonly (readonly number[])[];
  private readonly bodies: Int32Array;
  private readonly lists: ListClasses;

  constructor(readonly program: Program) {
    this.bodies = bodyOfOps(program);
    this.lists = listClassesOf(program, this.bodies);
    this.worksOf = program.types.map((type, t) =>
      type.kind === 'workqueue' ? itemsOfQueueType(program, t) : [],
    );
    this.of = program.code.map((op, pc) => this.effect(op, pc));
  }

  /** The list class of a field of a type, or of a static where `type` is -1; -1 if it is no list. */
  listClass(type: number, field: number): number {
    return this.lists.of(type, field);
  }

  /** What a worker touches that takes an item off its queue. */
  taking(queueType: number): Effect {
    const made = new EffectBuilder();
    this.turn(made, queueType);
    const { program } = this;
    for (const work of this.worksOf[queueType] ?? []) {
      program.types.forEach((type, t) => {
        if (type.fields.some((field) => field.work === work)) made.read(resource.life(t));
      });
      this.readText(made, at(program.bodies, at(program.works, work).body).entry);
    }
    return made;
  }

  /** What an operation touches that cannot do its work: it fails on its pointer, or in a text that is gone. */
  failing(pc: number): Effect {
    const made = new EffectBuilder();
    this.readText(made, pc);
    for (const name of at(this.of, pc).reads) if (name.startsWith('life ')) made.read(name);
    for (const name of at(this.of, pc).writes) if (name.startsWith('life ')) made.read(name);
    return made;
  }

  /** Type of the objects that a local of the operation's body points to, -1 for an integer. */
  pointeeOf(pc: number, local: number): number {
    return pointeeOf(this.program, this.bodies, pc, local);
  }

  private effect(op: OpDecl, pc: number): Effect {
    const made = new EffectBuilder();
    const spec = specOf(op.op);
    this.readText(made, pc);
    if (op.milestone !== undefined) made.read(resource.milestone(op.milestone));
    if (op.fault !== undefined && this.program.faults.budget > 0) made.write(resource.faults);
    for (const { operand, offset } of laidOut(spec.operands))
      this.operand(made, operand, op.args.slice(offset), op, pc);
    if (spec.endsItem === true) this.endItem(made, pc);
    if (spec.wait !== 'never' && spec.wait.signal !== undefined) made.read(resource.signals);
    return made;
  }

  private operand(
    made: EffectBuilder,
    operand: Operand,
    args: readonly number[],
    op: OpDecl,
    pc: number,
  ): void {
    const first = args[0] ?? -1;
    switch (operand.is) {
      case 'value':
      case 'index':
      case 'comparison':
      case 'member':
      case 'check':
      case 'task':
        return;
      case 'ambient':
        made.touch(resource[operand.name], operand.touch, true);
        return;
      case 'dst':
        this.drop(made, this.pointeeOf(pc, first));
        return;
      case 'type':
        made.write(resource.pool(first));
        made.write(resource.pointers(first));
        return;
      case 'place':
        this.place(made, operand, args, pc);
        return;
      case 'pointer':
        this.pointer(made, operand, this.pointeeOf(pc, first));
        return;
      case 'table':
        made.touch(resource.table(first), operand.touch, false);
        if (operand.touch === 'writes') this.drop(made, at(this.program.tables, first).type);
        return;
      case 'registry':
        made.touch(resource.registry(first), operand.touch, false);
        return;
      case 'module':
        if (operand.users !== 'nothing')
          made.touch(resource.moduleUsers(first), operand.users, true);
        made.touch(
          resource.moduleText(first),
          operand.text === 'unmaps' ? 'writes' : operand.text,
          false,
        );
        return;
      case 'count': {
        const { type } = at(this.program.tables, at(op.args, 1));
        made.read(resource.life(type));
        made.touch(resource.field(type, first), operand.touch, true);
        return;
      }
    }
  }

  private readText(made: EffectBuilder, pc: number): void {
    const { code, frames, functions } = this.program;
    for (let f = code[pc]?.frame ?? -1; f >= 0; f = at(frames, f).caller) {
      const module = at(functions, at(frames, f).fn).module;
      if (module !== undefined) made.read(resource.moduleText(module));
    }
  }

  private place(
    made: EffectBuilder,
    { touch }: OperandIs<'place'>,
    args: readonly number[],
    pc: number,
  ): void {
    const { program } = this;
    const [base, field] = [at(args, 0), at(args, 1)];
    const type = base < 0 ? -1 : this.pointeeOf(pc, base);
    const decl = base < 0 ? program.statics[field] : program.types[type]?.fields[field];
    if (type >= 0) made.read(resource.life(type));
    if (decl === undefined) return;
    if (isLinked(decl)) this.links(made, this.lists.of(type, field), touch !== 'reads');
    else if (isWorkItem(decl)) this.item(made, type, field, touch);
    else {
      const name = base < 0 ? resource.static(field) : resource.field(type, field);
      // Which of two that join goes past the maximum depends on their order.
      const touched = touch === 'joins' && decl.saturates === true ? 'writes' : touch;
      made.touch(name, touched, JOINED_KINDS.has(decl.kind));
      if (isPointer(decl) && touch !== 'reads') this.drop(made, decl.type ?? -1);
    }
  }

  private pointer(made: EffectBuilder, { to, touch }: OperandIs<'pointer'>, type: number): void {
    switch (touch) {
      case 'keeps':
        return;
      case 'frees':
        this.free(made, type);
        break;
      case 'reads':
      case 'writes':
        made.read(resource.life(type));
        break;
      case 'feeds':
        made.read(resource.life(type));
        made.read(resource.items(type));
        break;
    }
    if (to === 'workqueue')
      made.touch(resource.queue(type), touch === 'reads' ? touch : 'writes', false);
  }

  private links(made: EffectBuilder, cls: number, writes: boolean): void {
    for (const member of this.lists.types(cls)) {
      made.read(resource.life(member));
      if (writes) this.drop(made, member);
    }
    made.touch(resource.links(cls), writes ? 'writes' : 'reads', false);
  }

  /** What is overwritten may have been the last pointer to a dead object. */
  private drop(made: EffectBuilder, type: number): void {
    if (type >= 0) made.read(resource.pointers(type));
  }

  /** Freeing an object asks whether its items are pending. */
  private free(made: EffectBuilder, type: number): void {
    made.write(resource.life(type));
    made.read(resource.pool(type));
    this.program.types[type]?.fields.forEach((field, f) => {
      if (isPointer(field)) this.drop(made, field.type ?? -1);
      if (isLinked(field)) this.links(made, this.lists.of(type, f), true);
      if (isWorkItem(field)) this.asksFor(made, field);
      if (isFired(field)) made.read(resource.field(type, f));
    });
  }

  private asksFor(made: EffectBuilder, { work }: FieldDecl): void {
    this.worksOf.forEach((works, queue) => {
      if (work !== undefined && works.includes(work)) made.read(resource.queue(queue));
    });
  }

  /** An item can be pending on any queue that serves its function: whatever asks for it asks all of them. */
  private item(made: EffectBuilder, type: number, field: number, touch: Touch): void {
    const decl = this.program.types[type]?.fields[field];
    const work = decl?.work;
    made.touch(resource.field(type, field), touch, false);
    const feeds = decl !== undefined && isFired(decl) && touch !== 'reads';
    this.worksOf.forEach((works, queue) => {
      if (work === undefined || !works.includes(work)) return;
      made.touch(resource.queue(queue), touch, false);
      if (feeds) this.feed(made, queue);
    });
  }

  /** Delayed work goes to a queue that it has kept a pointer to. */
  private feed(made: EffectBuilder, queue: number): void {
    made.read(resource.life(queue));
    made.read(resource.items(queue));
    this.drop(made, queue);
  }

  /** What a timer touches whose time has come. */
  firing(work: number): Effect {
    const made = new EffectBuilder();
    const { program } = this;
    this.readText(made, at(program.bodies, at(program.works, work).body).entry);
    program.types.forEach((type, t) => {
      type.fields.forEach((field, f) => {
        if (field.work !== work) return;
        made.read(resource.life(t));
        this.drop(made, t);
        this.item(made, t, f, 'writes');
      });
    });
    return made;
  }

  /** A worker takes an item or ends one; where a queue has several, that lets others take one. */
  private turn(made: EffectBuilder, queue: number): void {
    made.write(resource.queue(queue));
    if (workersOf(at(this.program.types, queue)) > 1) made.read(resource.items(queue));
  }

  private endItem(made: EffectBuilder, pc: number): void {
    const body = this.bodies[pc] ?? -1;
    this.worksOf.forEach((works, queue) => {
      if (works.some((work) => this.program.works[work]?.body === body)) this.turn(made, queue);
    });
    this.program.types.forEach(({ fields }, type) => {
      fields.forEach((field, f) => {
        if (isFired(field) && this.program.works[field.work ?? -1]?.body === body)
          made.write(resource.field(type, f));
      });
    });
    this.program.bodies[body]?.locals.forEach((_, local) => {
      this.drop(made, this.pointeeOf(pc, local));
    });
  }
}
