/**
 * Everything that can be held and waited for, one entry for each way of doing so. Each comes twice, as what the first and what
 * the second thread of a deadlock holds. A queue is held by running one of its items. Locks are
 * derived from the operations.
 */
import {
  delayed_work,
  field,
  hrtimer,
  irq,
  kernfs,
  ptr,
  rwsem,
  srcu,
  statics,
  Struct,
  tasklet,
  threaded_irq,
  timer,
  work,
  Workqueue,
  type AnyStruct,
  type FunctionBuilder,
  type Place,
  type Ref,
  type WorkField,
} from '@lastref/authoring';
import { assert, type FieldKindName } from '@lastref/kernel';
import { contentions, LOCK_KINDS, spins, within } from '../support/lock-calls.js';

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
  readonly field: string;
  readonly item: (owner: Ref<typeof Owner>) => Place<WorkField>;
  /** Has the item run. */
  readonly start: (f: FunctionBuilder, owner: Ref<typeof Owner>) => void;
  /** It runs when its time is up. */
  readonly timed?: true;
}

/** Embeds the items. */
export class Owner extends Struct {
  static override readonly tag = 'owner';
  first = work();
  second = work();
  later_0 = delayed_work();
  later_1 = delayed_work();
  timer_0 = timer();
  timer_1 = timer();
  hrtimer_0 = hrtimer();
  hrtimer_1 = hrtimer();
  line_0 = irq();
  line_1 = irq();
  thread_0 = threaded_irq();
  thread_1 = threaded_irq();
  tasklet_0 = tasklet();
  tasklet_1 = tasklet();
}
class FirstQueue extends Workqueue {
  static override readonly tag = 'first_wq';
}
class SecondQueue extends Workqueue {
  static override readonly tag = 'second_wq';
}

/** The object that embeds them. */
export const { owner } = statics({ owner: ptr(() => Owner) });

const first = statics({
  sem: rwsem(),
  node_0: kernfs(),
  domain_0: srcu(),
  queue_0: ptr(() => FirstQueue),
});
const second = statics({
  node_1: kernfs(),
  domain_1: srcu(),
  queue_1: ptr(() => SecondQueue),
});

/** What the first thread may hold as a reader while a writer waits for it. */
export const SEMAPHORE = first.sem;

/** Files that have to exist before anyone can hold a reference. */
export const NODES = [first.node_0, second.node_1];

/** Domains that have to be initialised before anyone can read. */
export const DOMAINS = [first.domain_0, second.domain_1];

const firstQueue: QueueOfItem = {
  struct: FirstQueue,
  load: (f) => f.load(first.queue_0),
  make: (f) => {
    f.store(first.queue_0, f.alloc_workqueue(FirstQueue));
  },
  field: 'first',
  item: (owner) => owner.first,
  start: (f, owner) => {
    f.queue_work(f.load(first.queue_0), owner.first);
  },
};
const secondQueue: QueueOfItem = {
  struct: SecondQueue,
  load: (f) => f.load(second.queue_1),
  make: (f) => {
    f.store(second.queue_1, f.alloc_workqueue(SecondQueue));
  },
  field: 'second',
  item: (owner) => owner.second,
  start: (f, owner) => {
    f.queue_work(f.load(second.queue_1), owner.second);
  },
};

/** A wait for what runs of the owner. */
const waiting = (
  call: (f: FunctionBuilder, of: Ref<typeof Owner>) => void,
  of: QueueOfItem,
  isAtomic: boolean,
): Resource => ({
  wait: (f, _, inside) => {
    call(f, f.load(owner));
    inside();
  },
  queue: of,
  ...(isAtomic ? { atomic: true } : {}),
});

/** Held by running an item whose time is up; what is waited for is found through the owner. */
function timed(queue: QueueOfItem, suffix: 0 | 1): Readonly<Record<string, Resource>> {
  const [later, tick, precise] = (
    [
      ['later_0', 'timer_0', 'hrtimer_0'],
      ['later_1', 'timer_1', 'hrtimer_1'],
    ] as const
  )[suffix];
  const timerOf = (field: string, start: QueueOfItem['start']): QueueOfItem => ({
    ...queue,
    load: (f) => f.load(owner),
    make: () => undefined,
    field,
    start,
    timed: true,
  });
  const delayed: QueueOfItem = {
    ...queue,
    field: later,
    start: (f, of) => {
      f.queue_delayed_work(queue.load(f), of[later]);
    },
    timed: true,
  };
  const timers = timerOf(tick, (f, of) => {
    f.timer_setup(of[tick]);
    f.mod_timer(of[tick]);
  });
  const hrtimers = timerOf(precise, (f, of) => {
    f.hrtimer_setup(of[precise]);
    f.hrtimer_start(of[precise]);
  });
  return {
    'delayed work, flushed': waiting(
      (f, of) => {
        f.flush_delayed_work(of[later]);
      },
      delayed,
      false,
    ),
    'delayed work, cancelled': waiting(
      (f, of) => {
        f.cancel_delayed_work_sync(of[later]);
      },
      delayed,
      false,
    ),
    'delayed work, disabled': waiting(
      (f, of) => {
        f.disable_delayed_work_sync(of[later]);
      },
      delayed,
      false,
    ),
    'timer, del_timer_sync': waiting(
      (f, of) => {
        f.del_timer_sync(of[tick]);
      },
      timers,
      true,
    ),
    'timer, timer_shutdown_sync': waiting(
      (f, of) => {
        f.timer_shutdown_sync(of[tick]);
      },
      timers,
      true,
    ),
    'hrtimer, hrtimer_cancel': waiting(
      (f, of) => {
        f.hrtimer_cancel(of[precise]);
      },
      hrtimers,
      true,
    ),
  };
}

/** Held by a handler that runs; what is waited for is found through the owner. */
function handled(queue: QueueOfItem, suffix: 0 | 1): Readonly<Record<string, Resource>> {
  const [line, thread, bottom] = (
    [
      ['line_0', 'thread_0', 'tasklet_0'],
      ['line_1', 'thread_1', 'tasklet_1'],
    ] as const
  )[suffix];
  const handlerOf = (field: string, start: QueueOfItem['start']): QueueOfItem => ({
    ...queue,
    load: (f) => f.load(owner),
    make: () => undefined,
    field,
    start,
  });
  const lines = handlerOf(line, (f, of) => {
    f.ignore(f.request_irq(of[line]));
  });
  const threads = handlerOf(thread, (f, of) => {
    f.ignore(f.request_threaded_irq(of[thread]));
  });
  const tasklets = handlerOf(bottom, (f, of) => {
    f.tasklet_schedule(of[bottom]);
  });
  return {
    'interrupt line, synchronize_hardirq': waiting(
      (f, of) => {
        f.synchronize_hardirq(of[line]);
      },
      lines,
      true,
    ),
    'tasklet, tasklet_disable_in_atomic': waiting(
      (f, of) => {
        f.tasklet_disable_in_atomic(of[bottom]);
      },
      tasklets,
      true,
    ),
    ...Object.fromEntries(
      (['synchronize_irq', 'disable_irq', 'free_irq'] as const).map((call) => [
        `threaded interrupt line, ${call}`,
        waiting(
          (f, of) => {
            f[call](of[thread]);
          },
          threads,
          false,
        ),
      ]),
    ),
  };
}

/** Statics of every kind of lock whose entries are derived. @param suffix tells the two threads' apart */
function locks(suffix: number): ReadonlyMap<string, Place> {
  const named = LOCK_KINDS.map((kind) => [
    `${kind}_${suffix}`,
    field(kind as Exclude<FieldKindName, 'ptr'>),
  ]);
  const places: Readonly<Record<string, Place>> = statics(Object.fromEntries(named));
  return new Map(
    LOCK_KINDS.flatMap((kind) => {
      const place = places[`${kind}_${suffix}`];
      return place === undefined ? [] : [[kind, place] as const];
    }),
  );
}

function derived(places: ReadonlyMap<string, Place>): [string, Resource][] {
  return LOCK_KINDS.flatMap((kind) =>
    contentions(kind).map(({ hold, wait }): [string, Resource] => {
      const lock = places.get(kind);
      assert(lock !== undefined, `there is a ${kind}`);
      const resource: Resource = {
        hold: (f, inside) => {
          within(f, hold, lock, inside);
        },
        wait: (f, _, inside) => {
          within(f, wait, lock, inside);
        },
        ...(spins(kind) ? { atomic: true } : {}),
      };
      return [`${hold.name}, ${wait.name}`, resource];
    }),
  );
}

const resources = (
  suffix: 0 | 1,
  places: ReadonlyMap<string, Place>,
  node: typeof first.node_0,
  domain: typeof first.domain_0,
  queue: QueueOfItem,
): Readonly<Record<string, Resource>> => {
  return {
    ...Object.fromEntries(derived(places)),
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
    'read section': {
      hold: (f, inside) => {
        const idx = f.srcu_read_lock(domain);
        inside();
        f.srcu_read_unlock(domain, idx);
      },
      wait: (f, _, inside) => {
        f.synchronize_srcu(domain);
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
    ...timed(queue, suffix),
    ...handled(queue, suffix),
    ...Object.fromEntries(
      (['flush_work', 'cancel_work_sync', 'disable_work_sync'] as const).map((call) => [
        `item, ${call}`,
        {
          wait: (f: FunctionBuilder, _: Ref | null, inside: () => void) => {
            f[call](queue.item(f.load(owner)));
            inside();
          },
          queue,
        },
      ]),
    ),
  };
};

export const FIRST = resources(0, locks(0), first.node_0, first.domain_0, firstQueue);
export const SECOND = resources(1, locks(1), second.node_1, second.domain_1, secondQueue);
