/**
 * One jump from an operation's number, its place in the catalogue, to its step. Generated: npm run generate. A switch and
 * not a table of functions, because the compiler puts the steps that run most into it: an interpreted step costs a sixth less.
 */
import { AssertionError } from '../assert.js';
import type { Kernel } from '../operation/kernel.js';
import { operations as atomic } from './atomic.js';
import { operations as completion } from './completion.js';
import { operations as control } from './control.js';
import { operations as external } from './external.js';
import { operations as idr } from './idr.js';
import { operations as kernfs } from './kernfs.js';
import { operations as list } from './list.js';
import { operations as memory } from './memory.js';
import { operations as module } from './module.js';
import { operations as mutex } from './mutex.js';
import { operations as refcount } from './refcount.js';
import { operations as rwlock } from './rwlock.js';
import { operations as rwsem } from './rwsem.js';
import { operations as spinlock } from './spinlock.js';
import { operations as sysfs } from './sysfs.js';
import { operations as warn } from './warn.js';
import { operations as workqueue } from './workqueue.js';

/** Executes the operation of that number. @returns the next program counter, or Exit.failed */
export function execute(m: Kernel, task: number, row: number, fault: boolean, op: number): number {
  switch (op) {
    case 0:
      return atomic.atomic_read.step(m, task, row, fault);
    case 1:
      return atomic.atomic_set.step(m, task, row, fault);
    case 2:
      return atomic.atomic_inc.step(m, task, row, fault);
    case 3:
      return atomic.atomic_dec.step(m, task, row, fault);
    case 4:
      return atomic.atomic_add.step(m, task, row, fault);
    case 5:
      return atomic.atomic_sub.step(m, task, row, fault);
    case 6:
      return atomic.atomic_inc_and_test.step(m, task, row, fault);
    case 7:
      return atomic.atomic_dec_and_test.step(m, task, row, fault);
    case 8:
      return atomic.atomic_add_return.step(m, task, row, fault);
    case 9:
      return atomic.atomic_fetch_add.step(m, task, row, fault);
    case 10:
      return atomic.atomic_xchg.step(m, task, row, fault);
    case 11:
      return atomic.atomic_cmpxchg.step(m, task, row, fault);
    case 12:
      return atomic.atomic_add_unless.step(m, task, row, fault);
    case 13:
      return completion.complete.step(m, task, row, fault);
    case 14:
      return completion.wait_for_completion.step(m, task, row, fault);
    case 15:
      return completion.wait_for_completion_timeout.step(m, task, row, fault);
    case 16:
      return control.end.step(m, task, row, fault);
    case 17:
      return control.set.step(m, task, row, fault);
    case 18:
      return control.zero.step(m, task, row, fault);
    case 19:
      return control.test.step(m, task, row, fault);
    case 20:
      return control.add.step(m, task, row, fault);
    case 21:
      return control.sub.step(m, task, row, fault);
    case 22:
      return control.stay.step(m, task, row, fault);
    case 23:
      return external.wait_external.step(m, task, row, fault);
    case 24:
      return idr.idr_alloc.step(m, task, row, fault);
    case 25:
      return idr.idr_find.step(m, task, row, fault);
    case 26:
      return idr.idr_find_get.step(m, task, row, fault);
    case 27:
      return idr.idr_remove.step(m, task, row, fault);
    case 28:
      return idr.idr_destroy.step(m, task, row, fault);
    case 29:
      return kernfs.kernfs_create.step(m, task, row, fault);
    case 30:
      return kernfs.kernfs_get_active.step(m, task, row, fault);
    case 31:
      return kernfs.kernfs_put_active.step(m, task, row, fault);
    case 32:
      return kernfs.kernfs_deactivate.step(m, task, row, fault);
    case 33:
      return kernfs.kernfs_drain.step(m, task, row, fault);
    case 34:
      return list.init_list_head.step(m, task, row, fault);
    case 35:
      return list.list_add.step(m, task, row, fault);
    case 36:
      return list.list_add_tail.step(m, task, row, fault);
    case 37:
      return list.list_del.step(m, task, row, fault);
    case 38:
      return list.list_del_init.step(m, task, row, fault);
    case 39:
      return list.list_empty.step(m, task, row, fault);
    case 40:
      return list.list_next_entry.step(m, task, row, fault);
    case 41:
      return list.list_prev_entry.step(m, task, row, fault);
    case 42:
      return memory.load.step(m, task, row, fault);
    case 43:
      return memory.store.step(m, task, row, fault);
    case 44:
      return memory.test_bit.step(m, task, row, fault);
    case 45:
      return memory.test_and_set_bit.step(m, task, row, fault);
    case 46:
      return memory.test_and_clear_bit.step(m, task, row, fault);
    case 47:
      return memory.kzalloc.step(m, task, row, fault);
    case 48:
      return memory.kfree.step(m, task, row, fault);
    case 49:
      return module.try_module_get.step(m, task, row, fault);
    case 50:
      return module.module_put.step(m, task, row, fault);
    case 51:
      return module.module_begin_exit.step(m, task, row, fault);
    case 52:
      return module.module_free.step(m, task, row, fault);
    case 53:
      return mutex.mutex_lock.step(m, task, row, fault);
    case 54:
      return mutex.mutex_trylock.step(m, task, row, fault);
    case 55:
      return mutex.mutex_unlock.step(m, task, row, fault);
    case 56:
      return refcount.refcount_set.step(m, task, row, fault);
    case 57:
      return refcount.refcount_inc.step(m, task, row, fault);
    case 58:
      return refcount.refcount_inc_not_zero.step(m, task, row, fault);
    case 59:
      return refcount.refcount_dec_not_one.step(m, task, row, fault);
    case 60:
      return refcount.refcount_dec_and_test.step(m, task, row, fault);
    case 61:
      return rwlock.read_lock.step(m, task, row, fault);
    case 62:
      return rwlock.read_unlock.step(m, task, row, fault);
    case 63:
      return rwlock.write_lock.step(m, task, row, fault);
    case 64:
      return rwlock.write_lock_wait.step(m, task, row, fault);
    case 65:
      return rwlock.write_trylock.step(m, task, row, fault);
    case 66:
      return rwlock.write_unlock.step(m, task, row, fault);
    case 67:
      return rwsem.down_read.step(m, task, row, fault);
    case 68:
      return rwsem.up_read.step(m, task, row, fault);
    case 69:
      return rwsem.down_write.step(m, task, row, fault);
    case 70:
      return rwsem.down_write_wait.step(m, task, row, fault);
    case 71:
      return rwsem.down_write_trylock.step(m, task, row, fault);
    case 72:
      return rwsem.up_write.step(m, task, row, fault);
    case 73:
      return spinlock.spin_lock.step(m, task, row, fault);
    case 74:
      return spinlock.spin_unlock.step(m, task, row, fault);
    case 75:
      return sysfs.sysfs_create.step(m, task, row, fault);
    case 76:
      return sysfs.sysfs_remove.step(m, task, row, fault);
    case 77:
      return warn.invariant.step(m, task, row, fault);
    case 78:
      return warn.check.step(m, task, row, fault);
    case 79:
      return warn.busy_pool.step(m, task, row, fault);
    case 80:
      return workqueue.queue_work.step(m, task, row, fault);
    case 81:
      return workqueue.flush_workqueue.step(m, task, row, fault);
    case 82:
      return workqueue.flush_workqueue_wait.step(m, task, row, fault);
    case 83:
      return workqueue.destroy_workqueue.step(m, task, row, fault);
    case 84:
      return workqueue.destroy_workqueue_wait.step(m, task, row, fault);
    case 85:
      return workqueue.work_done.step(m, task, row, fault);
    default:
      throw new AssertionError(`there is an operation number ${op}`);
  }
}
