/** What drivers write and single random calls rarely come to. */
import { shared, Thing, driver, type Thread } from './world.js';

/** Objects that `crowd` makes; beside those that others make. */
export const CROWD = 4;

type Write = (thread: Thread, inside: () => void) => void;

export const IDIOMS = {
  findShared: ({ f, p }) => {
    f.set(p, f.load(shared.thing));
  },
  forget: ({ f, p }) => {
    f.set(p, null);
  },
  make: ({ f, p }) => {
    f.set(p, f.kzalloc(Thing));
    f.refcount_set(p.refs, 1);
    f.store(shared.thing, p);
  },
  follow: ({ f, p }) => {
    f.if(p, () => {
      f.set(p, f.load(p.other));
    });
  },
  ifThere: ({ f, p }, inside) => {
    f.if(p, inside);
  },
  link: ({ f, p }) => {
    f.if(p, () => {
      f.store(p.other, f.load(shared.thing));
    });
  },
  free: ({ f, p }) => {
    f.if(p, () => {
      f.kfree(p);
    });
  },
  /** Two dead objects, one of which points to the other: possible only where freed memory is reused at once. */
  bury: ({ f, p }) => {
    const kept = f.load(shared.thing);
    f.store(shared.thing, null);
    f.if(kept, () => {
      f.set(p, f.kzalloc(Thing));
      f.kfree(p);
      f.kfree(kept);
      f.store(kept.other, p);
      f.set(p, null);
    });
  },
  put: ({ f, p }) => {
    f.if(p, () => {
      f.if(f.refcount_dec_and_test(p.refs), () => {
        f.kfree(p);
      });
    });
  },
  putLocked: ({ f, p }, inside) => {
    f.if(p, () => {
      f.if(f.refcount_dec_and_mutex_lock(p.refs, shared.a), () => {
        inside();
        f.kfree(p);
        f.mutex_unlock(shared.a);
      });
    });
  },
  getOrForget: ({ f, p }) => {
    f.if(p, () => {
      f.unless(f.refcount_inc_not_zero(p.refs), () => {
        f.set(p, null);
      });
    });
  },
  whileX: ({ f }, inside) => {
    f.while(() => f.test_bit(shared.x), inside);
  },
  untilY: ({ f }, inside) => {
    f.while(() => f.not(f.test_and_set_bit(shared.y)), inside);
  },
  readFile: ({ f }, inside) => {
    f.if(f.kernfs_get_active(shared.file), () => {
      f.mutex_lock(shared.b);
      inside();
      f.mutex_unlock(shared.b);
      f.kernfs_put_active(shared.file);
    });
  },
  downgrade: ({ f }, inside) => {
    f.down_write(shared.sem);
    f.clear_bit(shared.x);
    f.downgrade_write(shared.sem);
    inside();
    f.up_read(shared.sem);
  },
  handOver: ({ f, p }, inside) => {
    f.if(p, () => {
      f.mutex_lock(p.lock);
      inside();
      f.mutex_unlock_two_step(p.lock);
    });
  },
  removeFile: ({ f }) => {
    f.kernfs_remove(shared.file);
  },
  sleepUntilX: ({ f }) => {
    f.while(
      () => {
        f.prepare_to_wait(shared.queued);
        return f.not(f.test_bit(shared.x));
      },
      () => {
        f.schedule(shared.queued);
      },
    );
    f.finish_wait(shared.queued);
  },
  setX: ({ f }) => {
    f.set_bit(shared.x);
    f.wake_up(shared.queued);
  },
  /** What is published may go when those that may have read it before are gone. */
  readShared: ({ f, p }, inside) => {
    const idx = f.srcu_read_lock(shared.domain);
    f.set(p, f.srcu_dereference(shared.thing, shared.domain));
    inside();
    f.srcu_read_unlock(shared.domain, idx);
  },
  retract: ({ f, p }) => {
    f.set(p, f.load(shared.thing));
    f.rcu_assign_pointer(shared.thing, null);
    f.synchronize_srcu(shared.domain);
    f.kfree(p);
  },
  readShortly: ({ f, p }) => {
    f.rcu_read_lock();
    f.set(p, f.rcu_dereference(shared.thing));
    f.if(p, () => {
      f.ignore(f.test_bit(p.used));
    });
    f.rcu_read_unlock();
  },
  retractShortly: ({ f, p }) => {
    f.set(p, f.load(shared.thing));
    f.rcu_assign_pointer(shared.thing, null);
    f.synchronize_rcu();
    f.kfree(p);
  },
  giveUp: ({ f }, inside) => {
    f.unless(f.wait_for_completion_timeout(shared.done), inside);
  },
  queue: ({ f, p }) => {
    const queue = f.load(shared.queue);
    f.if(queue, () => {
      f.if(p, () => {
        f.queue_work(queue, p.item);
      });
    });
  },
  /** More items at once than a flush could count. */
  crowd: ({ f }) => {
    const queue = f.load(shared.queue);
    f.if(queue, () => {
      for (let i = 0; i < CROWD; i++) {
        const thing = f.kzalloc(Thing);
        f.queue_work(queue, thing.item);
        f.queue_work(queue, thing.chained);
      }
      f.flush_workqueue(queue);
    });
  },
  retire: ({ f }) => {
    const queue = f.load(shared.queue);
    f.if(queue, () => {
      f.store(shared.queue, null);
      f.destroy_workqueue(queue);
    });
  },
  rmmod: ({ f }, inside) => {
    f.if(f.module_begin_exit(driver), () => {
      inside();
      f.module_free(driver);
    });
  },
  checkPool: ({ f }) => {
    f.if(f.test_bit(shared.x), () => {
      f.busy_pool('pool');
    });
  },
  count: ({ f }, inside) => {
    const n = f.var('n', 3, 1, -1);
    f.add(n, n, f.load(shared.x));
    f.sub(n, n, f.load(shared.y));
    f.if(n, inside);
  },
  checkNow: ({ f }) => {
    f.check('x is clear', shared.x, '==', 0);
    f.check('something is shared', shared.thing, '!=', null);
  },
  stay: ({ f }) => {
    f.if(f.test_bit(shared.x), () => {
      f.stay();
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
  lateWait: ({ f }, inside) => {
    f.milestone('late');
    f.unless(f.wait_for_completion_timeout(shared.done), inside);
  },
  arm: ({ f }) => {
    const clock = f.load(shared.clock);
    f.if(clock, () => {
      f.timer_setup(clock.timer);
      f.mod_timer(clock.timer);
    });
  },
  armPrecise: ({ f }) => {
    const clock = f.load(shared.clock);
    f.if(clock, () => {
      f.hrtimer_setup(clock.hrtimer);
      f.hrtimer_start(clock.hrtimer);
    });
  },
  later: ({ f }) => {
    const queue = f.load(shared.queue);
    const clock = f.load(shared.clock);
    f.if(queue, () => {
      f.if(clock, () => {
        f.queue_delayed_work(queue, clock.later);
      });
    });
  },
  stopClock: ({ f }) => {
    const clock = f.load(shared.clock);
    f.store(shared.clock, null);
    f.if(clock, () => {
      f.del_timer_sync(clock.timer);
      f.hrtimer_cancel(clock.hrtimer);
      f.cancel_delayed_work_sync(clock.later);
      f.kfree(clock);
    });
  },
  dropClock: ({ f }) => {
    const clock = f.load(shared.clock);
    f.store(shared.clock, null);
    f.if(clock, () => {
      f.kfree(clock);
    });
  },
  raise: ({ f }) => {
    const board = f.load(shared.board);
    f.if(board, () => {
      f.ignore(f.request_irq(board.line));
    });
  },
  raiseThread: ({ f }) => {
    const board = f.load(shared.board);
    f.if(board, () => {
      f.ignore(f.request_threaded_irq(board.thread));
    });
  },
  schedule: ({ f }) => {
    const board = f.load(shared.board);
    f.if(board, () => {
      f.tasklet_schedule(board.tasklet);
    });
  },
  mask: ({ f }, inside) => {
    const board = f.load(shared.board);
    f.if(board, () => {
      f.disable_irq(board.thread);
      inside();
      f.enable_irq(board.thread);
    });
  },
  stopBoard: ({ f }) => {
    const board = f.load(shared.board);
    f.store(shared.board, null);
    f.if(board, () => {
      f.free_irq(board.line);
      f.free_irq(board.thread);
      f.tasklet_kill(board.tasklet);
      f.kfree(board);
    });
  },
  dropBoard: ({ f }) => {
    const board = f.load(shared.board);
    f.store(shared.board, null);
    f.if(board, () => {
      f.kfree(board);
    });
  },
  returnToUser: ({ f }) => {
    f.return_to_user();
    f.ignore(f.test_bit(shared.x));
  },
} satisfies Record<string, Write>;

export type Idiom = keyof typeof IDIOMS;
