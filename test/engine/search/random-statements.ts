/**
 * What random programs are written with: a shared object, statics of every kind of lock, count and list, and statements on
 * them. Most are legal somewhere and wrong elsewhere, so failures of all kinds occur beside clean runs.
 */
import {
  completion,
  flag,
  Idr,
  kernfs,
  KernelModule,
  list,
  mutex,
  ptr,
  refcount,
  rwsem,
  spinlock,
  statics,
  Struct,
  SysfsDirectory,
  work,
  Workqueue,
  type FunctionBuilder,
  type Ref,
} from '@lastref/authoring';

export class Thing extends Struct {
  static override readonly tag = 'thing';
  static override readonly count = 3;
  lock = mutex();
  refs = refcount(3);
  used = flag();
  done = completion();
  node = list();
  active = kernfs();
  other = ptr(() => Thing);
  item = work();
}
export class Wq extends Workqueue {
  static override readonly tag = 'wq';
}
export const shared = statics({
  thing: ptr(() => Thing),
  queue: ptr(() => Wq),
  a: mutex(),
  b: mutex(),
  sem: rwsem(),
  spin: spinlock(),
  x: flag(),
  y: flag(),
  done: completion(),
  head: list(),
});
const table = new Idr('table', Thing, 2);
const directory = new SysfsDirectory('directory', 2);
export const driver = new KernelModule('driver', 3, ['driver.c']);

/** What statements act on besides the statics: the task's own pointer. */
export type Thread = { readonly f: FunctionBuilder; readonly p: Ref<typeof Thing> };
type Simple = (thread: Thread) => void;

const nothing = (): undefined => undefined;

export const SIMPLE = {
  load: ({ f, p }) => {
    f.set(p, f.load(shared.thing));
  },
  publish: ({ f, p }) => {
    f.store(shared.thing, p);
  },
  retract: ({ f }) => {
    f.store(shared.thing, null);
  },
  forget: ({ f, p }) => {
    f.set(p, null);
  },
  alloc: ({ f, p }) => {
    f.set(p, f.kzalloc(Thing));
  },
  allocOrFail: ({ f, p }) => {
    f.set(p, f.kzalloc(Thing, 'no memory'));
  },
  free: ({ f, p }) => {
    f.kfree(p);
  },
  use: ({ f, p }) => {
    f.set_bit(p.used);
  },
  useIfThere: ({ f, p }) => {
    f.if(p, () => {
      f.set_bit(p.used);
    });
  },
  link: ({ f, p }) => {
    f.store(p.other, f.load(shared.thing));
  },
  follow: ({ f, p }) => {
    f.set(p, f.load(p.other));
  },
  init: ({ f, p }) => {
    f.refcount_set(p.refs, 1);
  },
  get: ({ f, p }) => {
    f.refcount_inc(p.refs);
  },
  tryGet: ({ f, p }) => {
    f.unless(f.refcount_inc_not_zero(p.refs), () => {
      f.set(p, null);
    });
  },
  put: ({ f, p }) => {
    f.if(f.refcount_dec_and_test(p.refs), () => {
      f.kfree(p);
    });
  },
  putLocked: ({ f, p }) => {
    f.if(f.refcount_dec_and_mutex_lock(p.refs, shared.a), () => {
      f.kfree(p);
      f.mutex_unlock(shared.a);
    });
  },
  setX: ({ f }) => {
    f.set_bit(shared.x);
  },
  clearX: ({ f }) => {
    f.clear_bit(shared.x);
  },
  setY: ({ f }) => {
    f.set_bit(shared.y);
  },
  checkX: ({ f }) => {
    f.invariant('x', f.load(shared.x));
  },
  lockA: ({ f }) => {
    f.mutex_lock(shared.a);
  },
  unlockA: ({ f }) => {
    f.mutex_unlock(shared.a);
  },
  complete: ({ f }) => {
    f.complete(shared.done);
  },
  wait: ({ f }) => {
    f.wait_for_completion(shared.done);
  },
  waitAWhile: ({ f }) => {
    f.if(f.wait_for_completion_timeout(shared.done), nothing, () => {
      f.set_bit(shared.y);
    });
  },
  completeOwn: ({ f, p }) => {
    f.complete(p.done);
  },
  waitOwn: ({ f, p }) => {
    f.wait_for_completion(p.done);
  },
  external: ({ f }) => {
    f.wait_for_outside_world(shared.x);
  },
  queueWork: ({ f, p }) => {
    f.queue_work(f.load(shared.queue), p.item);
  },
  flush: ({ f }) => {
    f.flush_workqueue(f.load(shared.queue));
  },
  destroy: ({ f }) => {
    f.destroy_workqueue(f.load(shared.queue));
  },
  activate: ({ f, p }) => {
    f.kernfs_create(p.active);
  },
  remove: ({ f, p }) => {
    f.kernfs_remove(p.active);
  },
  listAdd: ({ f, p }) => {
    f.list_add(p.node, shared.head);
  },
  listDel: ({ f, p }) => {
    f.list_del(p.node);
  },
  first: ({ f, p }) => {
    f.if(f.list_next_entry(p, shared.head, 'node'), nothing);
  },
  whenEmpty: ({ f }) => {
    f.if(f.list_empty(shared.head), () => {
      f.set_bit(shared.y);
    });
  },
  insert: ({ f, p }) => {
    f.if(f.idr_alloc(table, 0, p), nothing);
  },
  find: ({ f, p }) => {
    f.set(p, f.idr_find(table, 0));
  },
  findGet: ({ f, p }) => {
    f.set(p, f.idr_find_get(table, 0, 'refs'));
  },
  erase: ({ f }) => {
    f.idr_remove(table, 0);
  },
  name: ({ f }) => {
    f.sysfs_create(directory, 0);
  },
  unname: ({ f }) => {
    f.sysfs_remove(directory, 0);
  },
  moduleGet: ({ f }) => {
    f.unless(f.try_module_get(driver), () => {
      f.set_bit(shared.y);
    });
  },
  modulePut: ({ f }) => {
    f.module_put(driver);
  },
  rmmod: ({ f }) => {
    f.if(f.module_begin_exit(driver), () => {
      f.module_free(driver);
    });
  },
  early: ({ f }) => {
    f.milestone('early');
    f.set_bit(shared.y);
  },
  late: ({ f }) => {
    f.milestone('late');
    f.clear_bit(shared.y);
  },
  stay: ({ f }) => {
    f.if(f.test_bit(shared.x), () => {
      f.stay();
    });
  },
} satisfies Record<string, Simple>;

type Around = (thread: Thread, inside: () => void) => void;

export const AROUND = {
  a: ({ f }, inside) => {
    f.mutex_lock(shared.a);
    inside();
    f.mutex_unlock(shared.a);
  },
  b: ({ f }, inside) => {
    f.mutex_lock(shared.b);
    inside();
    f.mutex_unlock(shared.b);
  },
  own: ({ f, p }, inside) => {
    f.mutex_lock(p.lock);
    inside();
    f.mutex_unlock(p.lock);
  },
  tryB: ({ f }, inside) => {
    f.if(f.mutex_trylock(shared.b), () => {
      inside();
      f.mutex_unlock(shared.b);
    });
  },
  spin: ({ f }, inside) => {
    f.spin_lock(shared.spin);
    inside();
    f.spin_unlock(shared.spin);
  },
  read: ({ f }, inside) => {
    f.down_read(shared.sem);
    inside();
    f.up_read(shared.sem);
  },
  write: ({ f }, inside) => {
    f.down_write(shared.sem);
    inside();
    f.up_write(shared.sem);
  },
  active: ({ f, p }, inside) => {
    f.if(f.kernfs_get_active(p.active), () => {
      inside();
      f.kernfs_put_active(p.active);
    });
  },
  ifX: ({ f }, inside) => {
    f.if(f.test_bit(shared.x), inside);
  },
  ifThere: ({ f, p }, inside) => {
    f.if(p, inside);
  },
  whileX: ({ f }, inside) => {
    f.while(() => f.test_bit(shared.x), inside);
  },
  untilY: ({ f }, inside) => {
    f.while(() => f.not(f.test_and_set_bit(shared.y)), inside);
  },
} satisfies Record<string, Around>;

export type Statement =
  | { readonly do: keyof typeof SIMPLE }
  | { readonly around: keyof typeof AROUND; readonly inside: readonly Statement[] };

/** Writes the statements into a function. */
export function write(thread: Thread, list: readonly Statement[]): void {
  for (const statement of list)
    if ('do' in statement) SIMPLE[statement.do](thread);
    else
      AROUND[statement.around](thread, () => {
        write(thread, statement.inside);
      });
}
