/**
 * What operations can read and change, as named resources, for whoever must know which steps commute: all of it, where
 * footprint.ts gives the one location that matters most. A resource is a static, a field of all objects of a type, the
 * life of a type's objects, a pool, a queue, a table ... Two effects commute unless one writes what the other reads or
 * writes. What commutes with itself but not with the rest (references taken, readers of a semaphore) is a read here, and
 * the rest writes.
 * The switch is exhaustive: a new operation does not compile until its effect is said.
 * Limit: what is true only while memory is kept apart after kfree; `reuse: zeroed` needs more.
 */
import { at } from '../assert.js';
import type { FieldDecl, OpDecl, Program } from '../program/program.js';
import { bodyOfOps, itemsOfQueueType } from '../state/facts.js';
import { listClassesOf, type ListClasses } from './list-classes.js';

export interface Effect {
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
}

/** Names of resources; one place, so that what asks for one spells it alike. */
export const resource = {
  static: (field: number): string => `static ${field}`,
  field: (type: number, field: number): string => `field ${type}.${field}`,
  life: (type: number): string => `life ${type}`,
  /** Which slots of the pool are free: an allocation writes it, a kfree reads it. */
  pool: (type: number): string => `pool ${type}`,
  /** Pointers to objects of the type: dropping the last to a dead one frees its slot. */
  pointers: (type: number): string => `pointers ${type}`,
  table: (table: number): string => `table ${table}`,
  registry: (registry: number): string => `registry ${registry}`,
  moduleUsers: (module: number): string => `users ${module}`,
  moduleState: (module: number): string => `module ${module}`,
  queue: (type: number): string => `queue ${type}`,
  /** What an idle worker waits for. */
  items: (type: number): string => `items ${type}`,
  links: (listClass: number): string => `links ${listClass}`,
  milestone: (milestone: number): string => `milestone ${milestone}`,
  faults: 'faults',
} as const;

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
    made.write(resource.queue(queueType));
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
    const decl = this.program.bodies[this.bodies[pc] ?? -1]?.locals[local];
    return decl?.kind === 'ptr' ? (decl.type ?? -1) : -1;
  }

  private readText(made: EffectBuilder, pc: number): void {
    const { code, frames, functions } = this.program;
    for (let f = code[pc]?.frame ?? -1; f >= 0; f = at(frames, f).caller) {
      const module = at(functions, at(frames, f).fn).module;
      if (module !== undefined) made.read(resource.moduleState(module));
    }
  }

  /** The place at `args[i]`. @returns its declaration */
  private place(
    made: EffectBuilder,
    { args }: OpDecl,
    pc: number,
    mode: 'read' | 'write',
    i = 0,
  ): FieldDecl | undefined {
    const { program } = this;
    const [base, field] = [at(args, i), at(args, i + 1)];
    if (base < 0) {
      made[mode](resource.static(field));
      return program.statics[field];
    }
    const type = this.pointeeOf(pc, base);
    made.read(resource.life(type));
    made[mode](resource.field(type, field));
    return program.types[type]?.fields[field];
  }

  private link(made: EffectBuilder, { args }: OpDecl, pc: number, writes: boolean, i = 0): void {
    const [base, field] = [at(args, i), at(args, i + 1)];
    const type = base < 0 ? -1 : this.pointeeOf(pc, base);
    const cls = this.lists.of(type, field);
    if (type >= 0) made.read(resource.life(type));
    for (const member of this.lists.types(cls)) {
      made.read(resource.life(member));
      if (writes) made.read(resource.pointers(member));
    }
    made[writes ? 'write' : 'read'](resource.links(cls));
  }

  /** The local that the operation overwrites may have held the last pointer to a dead object. */
  private drop(made: EffectBuilder, pc: number, local: number): void {
    const type = this.pointeeOf(pc, local);
    if (type >= 0) made.read(resource.pointers(type));
  }

  private free(made: EffectBuilder, type: number): void {
    made.write(resource.life(type));
    made.read(resource.pool(type));
    this.program.types[type]?.fields.forEach((field, f) => {
      if (field.kind === 'ptr' && field.type !== undefined)
        made.read(resource.pointers(field.type));
      if (field.kind !== 'list') return;
      made.write(resource.links(this.lists.of(type, f)));
      for (const member of this.lists.types(this.lists.of(type, f)))
        made.read(resource.pointers(member));
    });
  }

  private queueWork(made: EffectBuilder, { args }: OpDecl, pc: number): void {
    const [queue, owner] = [this.pointeeOf(pc, at(args, 0)), this.pointeeOf(pc, at(args, 1))];
    made.read(resource.life(queue));
    made.read(resource.life(owner));
    made.read(resource.items(queue));
    made.write(resource.queue(queue));
    const work = this.program.types[owner]?.fields[at(args, 2)]?.work;
    this.worksOf.forEach((works, other) => {
      if (work !== undefined && works.includes(work)) made.write(resource.queue(other));
    });
  }

  private workDone(made: EffectBuilder, pc: number): void {
    const body = this.bodies[pc] ?? -1;
    this.worksOf.forEach((works, queue) => {
      if (works.some((work) => this.program.works[work]?.body === body))
        made.write(resource.queue(queue));
    });
    this.program.bodies[body]?.locals.forEach((_, local) => {
      this.drop(made, pc, local);
    });
  }

  private effect(op: OpDecl, pc: number): Effect {
    const made = new EffectBuilder();
    this.readText(made, pc);
    if (op.milestone !== undefined) made.read(resource.milestone(op.milestone));
    if (op.fault !== undefined && this.program.faults.budget > 0) made.write(resource.faults);
    this.own(made, op, pc);
    return made;
  }

  private own(made: EffectBuilder, op: OpDecl, pc: number): void {
    const { args } = op;
    const pointee = (i: number): number => this.pointeeOf(pc, at(args, i));
    switch (op.op) {
      case 'end':
      case 'test':
      case 'stay':
      case 'invariant':
      case 'busy_pool':
        return;
      case 'set':
      case 'zero':
        this.drop(made, pc, at(args, 0));
        return;
      case 'load': {
        const field = this.place(made, op, pc, 'read', 1);
        if (field?.kind === 'refcount') this.place(made, op, pc, 'write', 1);
        this.drop(made, pc, at(args, 0));
        return;
      }
      case 'store': {
        const field = this.place(made, op, pc, 'write');
        if (field?.kind === 'ptr' && field.type !== undefined)
          made.read(resource.pointers(field.type));
        return;
      }
      case 'test_bit':
      case 'wait_external':
      case 'complete':
      case 'down_read':
      case 'up_read':
      case 'refcount_inc':
      case 'refcount_inc_not_zero':
      case 'kernfs_get_active':
      case 'kernfs_put_active':
        this.place(made, op, pc, 'read');
        return;
      case 'test_and_set_bit':
      case 'test_and_clear_bit':
      case 'mutex_lock':
      case 'mutex_trylock':
      case 'mutex_unlock':
      case 'spin_lock':
      case 'spin_unlock':
      case 'down_write':
      case 'down_write_wait':
      case 'up_write':
      case 'refcount_set':
      case 'refcount_dec_not_one':
      case 'refcount_dec_and_test':
      case 'wait_for_completion':
      case 'wait_for_completion_timeout':
      case 'kernfs_create':
      case 'kernfs_deactivate':
      case 'kernfs_drain':
        this.place(made, op, pc, 'write');
        return;
      case 'kzalloc':
        made.write(resource.pool(at(args, 1)));
        made.write(resource.pointers(at(args, 1)));
        this.drop(made, pc, at(args, 0));
        return;
      case 'kfree':
        this.free(made, pointee(0));
        return;
      case 'idr_alloc':
        made.write(resource.table(at(args, 0)));
        return;
      case 'idr_find':
        made.read(resource.table(at(args, 1)));
        this.drop(made, pc, at(args, 0));
        return;
      case 'idr_find_get': {
        const type = at(this.program.tables, at(args, 1)).type;
        made.read(resource.table(at(args, 1)));
        made.read(resource.life(type));
        made.read(resource.field(type, at(args, 4)));
        this.drop(made, pc, at(args, 0));
        return;
      }
      case 'idr_remove':
      case 'idr_destroy':
        made.write(resource.table(at(args, 0)));
        made.read(resource.pointers(at(this.program.tables, at(args, 0)).type));
        return;
      case 'queue_work':
        this.queueWork(made, op, pc);
        return;
      case 'flush_workqueue':
      case 'flush_workqueue_wait':
      case 'destroy_workqueue': {
        const queue = pointee(op.op === 'flush_workqueue' ? 1 : 0);
        made.read(resource.life(queue));
        made.write(resource.queue(queue));
        return;
      }
      case 'destroy_workqueue_wait':
        made.write(resource.queue(pointee(0)));
        this.free(made, pointee(0));
        return;
      case 'work_done':
        this.workDone(made, pc);
        return;
      case 'try_module_get':
        made.read(resource.moduleUsers(at(args, 0)));
        made.read(resource.moduleState(at(args, 0)));
        return;
      case 'module_put':
        made.write(resource.moduleUsers(at(args, 0)));
        return;
      case 'module_begin_exit':
        made.write(resource.moduleUsers(at(args, 0)));
        made.write(resource.moduleState(at(args, 0)));
        return;
      case 'module_free':
        made.write(resource.moduleState(at(args, 0)));
        return;
      case 'sysfs_create':
      case 'sysfs_remove':
        made.write(resource.registry(at(args, 0)));
        return;
      case 'init_list_head':
      case 'list_del':
      case 'list_del_init':
        this.link(made, op, pc, true);
        return;
      case 'list_add':
      case 'list_add_tail':
        this.link(made, op, pc, true);
        this.link(made, op, pc, true, 2);
        return;
      case 'list_empty':
        this.link(made, op, pc, false);
        return;
      case 'list_next_entry':
      case 'list_prev_entry':
        this.link(made, op, pc, false, 1);
        this.drop(made, pc, at(args, 0));
        return;
    }
  }
}

class EffectBuilder implements Effect {
  readonly reads = new Set<string>();
  readonly writes = new Set<string>();

  read(name: string): void {
    this.reads.add(name);
  }

  write(name: string): void {
    this.writes.add(name);
  }
}
