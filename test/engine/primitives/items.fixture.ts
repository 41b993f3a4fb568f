/** The driver whose items the specs of work queue, cancel and flush: a queue, one with two workers, and an item for each thing to do. */
import {
  atomic,
  completion,
  flag,
  fn,
  mutex,
  ptr,
  statics,
  Struct,
  task,
  work,
  Workqueue,
  type FunctionBuilder,
} from '@lastref/authoring';
import { proveTiny, type TinyCase } from '../support/tiny.js';

class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
export class Wide extends Workqueue {
  static override readonly tag = 'wide';
  static override readonly max_active = 2;
}
export class Items extends Struct {
  static override readonly tag = 'items';
  counts = work();
  waits = work();
  locks = work();
  cancels = work();
  flushes = work();
  again = work();
  meets = work();
  other = work();
}
export const { wq, wide, items, total, go, met, lock, inside, result } = statics({
  wq: ptr(() => Wq),
  wide: ptr(() => Wide),
  items: ptr(() => Items),
  total: atomic(5),
  go: completion(3),
  met: completion(2),
  lock: mutex(),
  inside: flag(),
  result: flag(),
});

const counts = fn('counts', 'a.c', (f) => {
  f.atomic_inc(total);
});
const waits = fn('waits', 'a.c', (f) => {
  f.milestone('running');
  f.set_bit(inside);
  f.wait_for_completion(go);
  f.atomic_inc(total);
});
const locks = fn('locks', 'a.c', (f) => {
  f.mutex_lock(lock);
  f.mutex_unlock(lock);
});
const cancels = fn('cancels', 'a.c', (f) => {
  f.cancel_work_sync(f.load(items).cancels);
});
const flushes = fn('flushes', 'a.c', (f) => {
  f.flush_work(f.load(items).flushes);
});
const again = fn('again', 'a.c', (f) => {
  f.queue_work(f.load(wq), f.load(items).again);
});
/** Two of them can only both end where they run at once. */
const meets = fn('meets', 'a.c', (f) => {
  f.complete(met);
  f.wait_for_completion(go);
});
const other = fn('other', 'a.c', (f) => {
  f.wait_for_completion(met);
  f.complete(go);
});

export type Body = (f: FunctionBuilder) => void;
export type Item =
  'counts' | 'waits' | 'locks' | 'cancels' | 'flushes' | 'again' | 'meets' | 'other';
const works: TinyCase['works'] = [
  [Items, 'counts', counts],
  [Items, 'waits', waits],
  [Items, 'locks', locks],
  [Items, 'cancels', cancels],
  [Items, 'flushes', flushes],
  [Items, 'again', again],
  [Items, 'meets', meets],
  [Items, 'other', other],
];
export const queued = (f: FunctionBuilder, ...names: readonly Item[]): void => {
  for (const name of names) f.queue_work(f.load(wq), f.load(items)[name]);
};
export const ran = (
  before: readonly Item[],
  tasks: TinyCase['tasks'],
  queues: Body = () => undefined,
  order: TinyCase['order'] = [],
): ReturnType<typeof proveTiny> =>
  proveTiny({
    order,
    works,
    given: (f) => {
      f.store(wq, f.alloc_workqueue(Wq));
      f.store(wide, f.alloc_workqueue(Wide));
      f.store(items, f.kzalloc(Items));
      queued(f, ...before);
      queues(f);
    },
    tasks,
  });
export const alone = (body: Body): TinyCase['tasks'] => [task('1', body)];
export const wakes = task('wakes', (f) => {
  f.milestone('woken');
  f.complete(go);
});
export const clean = { failures: [], reports: [], complete: true };
export const is = (f: FunctionBuilder, what: string, times: number): void => {
  f.check(what, total, '==', times);
};
