/**
 * What generated programs act on: per kind of field some statics and a field of a shared struct, and one of each thing that
 * exists once.
 */
import {
  atomic,
  completion,
  delayed_work,
  field,
  flag,
  hrtimer,
  irq,
  Idr,
  kernfs,
  KernelModule,
  hlist_head,
  hlist_node,
  list,
  mutex,
  ptr,
  refcount,
  rwsem,
  spinlock,
  srcu,
  statics,
  Struct,
  SysfsDirectory,
  tasklet,
  threaded_irq,
  timer,
  waitqueue,
  work,
  Workqueue,
  type AnyField,
  type FunctionBuilder,
  type Place,
  type Ref,
} from '@lastref/authoring';
import { FIELD_KIND_NAMES, fieldKindOf, type FieldKindName } from '@lastref/kernel';

export class Thing extends Struct {
  static override readonly tag = 'thing';
  static override readonly count = 2;
  lock = mutex();
  sem = rwsem();
  spin = spinlock();
  refs = refcount(3);
  used = flag();
  pending = atomic(2, -2);
  done = completion();
  queued = waitqueue();
  node = list();
  hashed = hlist_node();
  active = kernfs();
  ssp = srcu();
  other = ptr(() => Thing);
  item = work();
  chained = work();
}
/** What has a time of its own: one of each kind, in an object beside the things. */
export class Clock extends Struct {
  static override readonly tag = 'clock';
  timer = timer();
  hrtimer = hrtimer();
  later = delayed_work();
}
/** What comes unasked: a line of each kind and a tasklet, in an object of their own. */
export class Board extends Struct {
  static override readonly tag = 'board';
  line = irq();
  thread = threaded_irq();
  tasklet = tasklet();
}
export class Wq extends Workqueue {
  static override readonly tag: string = 'wq';
}
class WideWq extends Wq {
  static override readonly max_active = 2;
}

/** The queue of the program that is being written: it runs one item at a time, or two. */
let queueClass: typeof Wq = Wq;
export const queueOf = (wide: boolean): typeof Wq => (queueClass = wide ? WideWq : Wq);
export const shared = statics({
  thing: ptr(() => Thing),
  queue: ptr(() => queueClass),
  clock: ptr(() => Clock),
  board: ptr(() => Board),
  a: mutex(),
  b: mutex(),
  sem: rwsem(),
  spin: spinlock(),
  irq: spinlock(),
  x: flag(),
  y: flag(),
  done: completion(),
  queued: waitqueue(),
  head: list(),
  bucket: hlist_head(),
  file: kernfs(),
  domain: srcu(),
  users: refcount(3),
  total: atomic(3, -3),
});
export const table = new Idr('table', Thing, 2);
export const directory = new SysfsDirectory('directory', 2);
export const driver = new KernelModule('driver', 3, ['driver.c']);

/** A task that is being written, and its own pointer. */
export interface Thread {
  readonly f: FunctionBuilder;
  readonly p: Ref<typeof Thing>;
}

/** One static of each kind that needs nothing but its name, for kinds that nothing else is listed for. */
const plain: Readonly<Record<string, Place>> = statics(
  Object.fromEntries(
    FIELD_KIND_NAMES.filter((kind) => fieldKindOf(kind).names === 'nothing').map((kind) => [
      `some_${kind}`,
      // One of so many kinds is no union to the compiler.
      field(kind as Exclude<FieldKindName, 'ptr'>) as AnyField,
    ]),
  ),
);

/** Where an operation on a field of the kind may act. Statics come first: they need no object. */
export function placesOf(kind: string, thread: Thread): readonly Place[] {
  const listed = Object.hasOwn(PLACES, kind) ? PLACES[kind as keyof typeof PLACES] : undefined;
  if (listed !== undefined) return listed(thread);
  const place = plain[`some_${kind}`];
  if (place === undefined) throw new Error(`no place is listed for ${kind}`);
  return [place];
}

const PLACES = {
  int: ({ p }) => [shared.x, shared.y, p.used],
  ptr: ({ p }) => [shared.thing, p.other],
  mutex: ({ p }) => [shared.a, shared.b, p.lock],
  rwsem: ({ p }) => [shared.sem, p.sem],
  spinlock: ({ p }) => [shared.spin, shared.irq, p.spin],
  refcount: ({ p }) => [p.refs, shared.users],
  completion: ({ p }) => [shared.done, p.done],
  waitqueue: ({ p }) => [shared.queued, p.queued],
  work: ({ p }) => [p.item, p.chained],
  timer: ({ f }) => [f.load(shared.clock).timer],
  hrtimer: ({ f }) => [f.load(shared.clock).hrtimer],
  delayed_work: ({ f }) => [f.load(shared.clock).later],
  irq: ({ f }) => [f.load(shared.board).line],
  threaded_irq: ({ f }) => [f.load(shared.board).thread],
  tasklet: ({ f }) => [f.load(shared.board).tasklet],
  kernfs: ({ p }) => [shared.file, p.active],
  srcu: ({ p }) => [shared.domain, p.ssp],
  atomic: ({ p }) => [shared.total, p.pending],
  list: ({ p }) => [shared.head, p.node],
  hlist_head: () => [shared.bucket],
  hlist_node: ({ p }) => [p.hashed],
} satisfies Partial<Record<FieldKindName, (thread: Thread) => readonly Place[]>>;
