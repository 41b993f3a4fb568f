/** What the small programs of the reduction act on, and how they are written. */
import {
  atomic,
  completion,
  flag,
  fn,
  Idr,
  kernfs,
  KernelModule,
  list,
  mutex,
  ptr,
  rwsem,
  statics,
  Struct,
  task,
  work,
  Workqueue,
  type FunctionBuilder,
  type TaskSpec,
} from '@lastref/authoring';
import type { TinyCase } from '../../support/tiny.js';

export class Leaf extends Struct {
  static override readonly tag = 'leaf';
  static override readonly count = 2;
  used = flag();
}
export class Thing extends Struct {
  static override readonly tag = 'thing';
  static override readonly count = 2;
  lock = mutex();
  sem = rwsem();
  used = flag();
  leaf = ptr(() => Leaf);
}
export class Entry extends Struct {
  static override readonly tag = 'entry';
  static override readonly count = 2;
  node = list();
  used = flag();
}
export class Parent extends Struct {
  static override readonly tag = 'parent';
  static override readonly count = 2;
  children = list();
}
export class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
export class Other extends Workqueue {
  static override readonly tag = 'other_wq';
}
export class Items extends Struct {
  static override readonly tag = 'items';
  static override readonly count = 2;
  first = work();
  second = work();
  used = flag();
}

export const things = new Idr('things', Thing, 2);
export const driver = new KernelModule('driver', 2, ['driver.c']);
export const {
  a,
  b,
  sem,
  x,
  y,
  z,
  thing,
  spare,
  parent,
  wq,
  other,
  items,
  head,
  done,
  file,
  total,
} = statics({
  a: mutex(),
  b: mutex(),
  sem: rwsem(),
  x: flag(),
  y: flag(),
  z: flag(),
  thing: ptr(() => Thing),
  spare: ptr(() => Thing),
  parent: ptr(() => Parent),
  wq: ptr(() => Wq),
  other: ptr(() => Other),
  items: ptr(() => Items),
  head: list(),
  done: completion(),
  file: kernfs(),
  total: atomic(3, -3),
});

export type Write = (f: FunctionBuilder) => void;

export const run = (...bodies: Write[]): Pick<TinyCase, 'tasks'> => ({
  tasks: bodies.map((body, i): TaskSpec => {
    const called = fn(`task_${i}`, 'a.c', body);
    return task(`task ${i}`, (f) => {
      f.call(called);
    });
  }),
});
export const sets =
  (...flags: readonly (typeof x)[]): Write =>
  (f) => {
    for (const bit of flags) f.set_bit(bit);
  };
export const locked = (f: FunctionBuilder, lock: typeof a, inside: () => void): void => {
  f.mutex_lock(lock);
  inside();
  f.mutex_unlock(lock);
};
