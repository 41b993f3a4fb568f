/**
 * Where a program's things are in its state vector, as C expressions with every number written out: objects of one type lie
 * at a constant distance, so a field is `B[o * distance + constant]`, and a plain number where the type has one object.
 */
import {
  Row,
  assert,
  at,
  type Layout,
  type LocalDecl,
  type Program,
  type Tables,
  type WorkerActor,
} from '@lastref/kernel';

type ObjectLayout = NonNullable<Layout['objects'][number]>;

/**
 * What the C is for. `search` keeps the vector equal to the machine's after every step, so that states can be counted;
 * `sampling` does only what decides how runs end, and knows at any time who can run.
 */
export type CTarget = 'sampling' | 'search';

export class CLayout {
  readonly program: Program;
  /** Dead objects are given back after every step, not when their slot is wanted. */
  readonly eager: boolean;
  /** Tasks and workers that run each body. */
  readonly runners: readonly (readonly number[])[];
  /** Keys of the flags that wait_external waits for. */
  readonly awaited = new Set<string>();
  private readonly firsts: readonly number[];

  constructor(
    readonly tables: Tables,
    readonly target: CTarget,
  ) {
    const { layout, program } = tables;
    this.program = program;
    this.eager = target === 'search' || tables.zeroed;
    this.firsts = program.types.map((_, t) => layout.objects.findIndex((o) => o?.type === t));
    const bodiesOf = layout.tasks.map((actor) => {
      if (actor.kind === 'task') return [actor.body];
      if (actor.kind !== 'worker') return [];
      const works = this.worksOf(actor.queueType);
      return works.map((work) => at(program.works, work).body);
    });
    this.runners = program.bodies.map((_, b) =>
      bodiesOf.flatMap((bodies, t) => (bodies.includes(b) ? [t] : [])),
    );
    program.code.forEach(({ op, args }, pc) => {
      if (op !== 'wait_external') return;
      const base = at(args, 0);
      const type = base < 0 ? -1 : (this.localsAt(pc)[base]?.type ?? -1);
      this.awaited.add(`${type}:${at(tables.code, (pc << Row.shift) + Row.arg + 1)}`);
    });
  }

  localsAt(pc: number): readonly LocalDecl[] {
    return at(this.program.bodies, at(this.tables.bodyOf, pc)).locals;
  }

  /** Works that some operation puts on a queue of the type. */
  worksOf(type: number): number[] {
    const works = this.program.code.flatMap(({ op, args }, pc) => {
      if (op !== 'queue_work') return [];
      const locals = this.localsAt(pc);
      if (at(locals, at(args, 0)).type !== type) return [];
      const owner = at(this.program.types, at(locals, at(args, 1)).type ?? -1);
      return at(owner.fields, at(args, 2)).work ?? [];
    });
    return [...new Set(works)];
  }

  /** Number of the first object of a type. */
  first(type: number): number {
    return at(this.firsts, type);
  }

  count(type: number): number {
    return at(this.program.types, type).count;
  }

  objects(type: number): number[] {
    return Array.from({ length: this.count(type) }, (_, i) => this.first(type) + i);
  }

  /** The slot of an object that corresponds to a slot of its type's first object. */
  shifted(type: number, object: string, slotOfFirst: number): string {
    return linear(object, this.first(type), this.count(type), this.distance(type), slotOfFirst);
  }

  field(type: number, object: string, offset: number): string {
    return this.shifted(type, object, this.slotOfFirst(type, offset));
  }

  slotOfFirst(type: number, offset: number): number {
    return at(this.tables.fields, this.first(type)) + offset;
  }

  life(type: number, object: string): string {
    return `B[${this.shifted(type, object, at(this.tables.life, this.first(type)))}]`;
  }

  liveMax(type: number): number {
    return at(this.tables.liveMax, this.first(type));
  }

  /** Whether an object that exists may no longer be accessed; null if it always may. */
  isDead(type: number, object: string): string | null {
    const { accessMax } = this.tables;
    const never =
      this.tables.freeFns[type]?.length === 0 ||
      at(accessMax, this.first(type)) > this.liveMax(type);
    return never ? null : `${this.life(type, object)} > ${this.liveMax(type)}`;
  }

  /** Number a worker has in W while it has nothing to do. */
  idle(task: number): number {
    return this.program.code.length + task;
  }

  /** Task number of the worker of a queue. */
  worker(type: number, queue: string): string {
    const first = at(this.tables.workerOf, this.first(type));
    return linear(queue, this.first(type), this.count(type), 1, first);
  }

  /** Slot of the item that the worker of a queue runs. */
  running(type: number, queue: string): string {
    const { workerOf, itemSlotOf } = this.tables;
    const [a, b = a] = this.objects(type).map((o) => at(itemSlotOf, at(workerOf, o)));
    assert(a !== undefined && b !== undefined, 'a type of queue has objects');
    return linear(queue, this.first(type), this.count(type), b - a, a);
  }

  /** First slot of a queue's pending items, and how many there can be. */
  fifo(type: number, queue: string): { readonly slot: string; readonly length: number } {
    const { fifo, fifoLength } = this.queue(type);
    return { slot: this.shifted(type, queue, fifo), length: fifoLength };
  }

  draining(type: number, queue: string): string {
    return this.shifted(type, queue, this.queue(type).draining);
  }

  /** The actor that is a worker. */
  workerAt(task: number): WorkerActor {
    const actor = at(this.tables.layout.tasks, task);
    assert(actor.kind === 'worker', 'a worker serves a queue');
    return actor;
  }

  private queue(type: number): ObjectLayout {
    const object = this.tables.layout.objects[this.first(type)];
    assert(object !== null && object !== undefined, 'a type of queue has objects');
    return object;
  }

  private distance(type: number): number {
    const { fields } = this.tables;
    const [a, b = a] = this.objects(type).map((object) => at(fields, object));
    assert(a !== undefined && b !== undefined, 'a type has objects');
    return b - a;
  }
}

/** `first` for the object numbered so, `distance` more for each one after it. */
export function linear(
  object: string,
  firstObject: number,
  count: number,
  distance: number,
  first: number,
): string {
  if (count === 1) return String(first);
  const constant = first - firstObject * distance;
  const scaled = distance === 1 ? object : `${object} * ${distance}`;
  return constant < 0 ? `${scaled} - ${-constant}` : `${scaled} + ${constant}`;
}
