/**
 * Everything that can be held and waited for, one entry for each way of doing so. Each comes twice, as what the first and what
 * the second thread of a deadlock holds. A queue is held by running one of its items.
 */
import {
  kernfs,
  mutex,
  ptr,
  rwsem,
  spinlock,
  statics,
  Struct,
  work,
  Workqueue,
  type AnyStruct,
  type FunctionBuilder,
  type Place,
  type Ref,
  type WorkField,
} from '@lastref/authoring';

export interface Resource {
  readonly hold?: (f: FunctionBuilder, inside: () => void) => void;
  /** Waits for its holder, and lets go again behind what stands inside. @param queue what the queue's load() gave */
  readonly wait: (f: FunctionBuilder, queue: Ref | null, inside: () => void) => void;
  /** Who holds it must not sleep, so that only waits of its own kind are legal meanwhile. */
  readonly atomic?: true;
  /** It is held by running an item of this queue. */
  readonly queue?: QueueOfItem;
}

export interface QueueOfItem {
  readonly struct: AnyStruct;
  readonly load: (f: FunctionBuilder) => Ref;
  /** Makes the queue. */
  readonly make: (f: FunctionBuilder) => void;
  readonly field: 'first' | 'second';
  readonly item: (owner: Ref<typeof Owner>) => Place<WorkField>;
}

/** Embeds the items. */
export class Owner extends Struct {
  static override readonly tag = 'owner';
  first = work();
  second = work();
}
class FirstQueue extends Workqueue {
  static override readonly tag = 'first_wq';
}
class SecondQueue extends Workqueue {
  static override readonly tag = 'second_wq';
}

const first = statics({
  mutex_0: mutex(),
  spin_0: spinlock(),
  sem_0: rwsem(),
  node_0: kernfs(),
  queue_0: ptr(() => FirstQueue),
});
const second = statics({
  mutex_1: mutex(),
  spin_1: spinlock(),
  sem_1: rwsem(),
  node_1: kernfs(),
  queue_1: ptr(() => SecondQueue),
});

/** What the first thread may hold as a reader while a writer waits for it. */
export const SEMAPHORE = first.sem_0;

/** Files that have to exist before anyone can hold a reference. */
export const NODES = [first.node_0, second.node_1];

const firstQueue: QueueOfItem = {
  struct: FirstQueue,
  load: (f) => f.load(first.queue_0),
  make: (f) => {
    f.store(first.queue_0, f.alloc_workqueue(FirstQueue));
  },
  field: 'first',
  item: (owner) => owner.first,
};
const secondQueue: QueueOfItem = {
  struct: SecondQueue,
  load: (f) => f.load(second.queue_1),
  make: (f) => {
    f.store(second.queue_1, f.alloc_workqueue(SecondQueue));
  },
  field: 'second',
  item: (owner) => owner.second,
};

const resources = (
  lock: typeof first.mutex_0,
  spin: typeof first.spin_0,
  sem: typeof first.sem_0,
  node: typeof first.node_0,
  queue: QueueOfItem,
): Readonly<Record<string, Resource>> => {
  const read: Resource['hold'] = (f, inside) => {
    f.down_read(sem);
    inside();
    f.up_read(sem);
  };
  const written: Resource['hold'] = (f, inside) => {
    f.down_write(sem);
    inside();
    f.up_write(sem);
  };
  const locked: Resource['hold'] = (f, inside) => {
    f.mutex_lock(lock);
    inside();
    f.mutex_unlock(lock);
  };
  const spinning: Resource['hold'] = (f, inside) => {
    f.spin_lock(spin);
    inside();
    f.spin_unlock(spin);
  };
  const taken =
    (hold: Resource['hold']): Resource['wait'] =>
    (f, _, inside) => {
      hold?.(f, inside);
    };
  return {
    mutex: { hold: locked, wait: taken(locked) },
    'mutex got by trylock': {
      hold: (f, inside) => {
        f.if(f.mutex_trylock(lock), () => {
          inside();
          f.mutex_unlock(lock);
        });
      },
      wait: taken(locked),
    },
    spinlock: { hold: spinning, wait: taken(spinning), atomic: true },
    'semaphore of a writer, for a reader': { hold: written, wait: taken(read) },
    'semaphore of a writer, for a writer': { hold: written, wait: taken(written) },
    'semaphore of a reader, for a writer': { hold: read, wait: taken(written) },
    'active reference': {
      hold: (f, inside) => {
        f.if(f.kernfs_get_active(node), () => {
          inside();
          f.kernfs_put_active(node);
        });
      },
      wait: (f, _, inside) => {
        f.kernfs_remove(node);
        inside();
      },
    },
    'queue, flushed': {
      wait: (f, loaded, inside) => {
        if (loaded !== null) f.flush_workqueue(loaded);
        inside();
      },
      queue,
    },
    'queue, destroyed': {
      wait: (f, loaded, inside) => {
        if (loaded !== null) f.destroy_workqueue(loaded);
        inside();
      },
      queue,
    },
  };
};

export const FIRST = resources(first.mutex_0, first.spin_0, first.sem_0, first.node_0, firstQueue);
export const SECOND = resources(
  second.mutex_1,
  second.spin_1,
  second.sem_1,
  second.node_1,
  secondQueue,
);
