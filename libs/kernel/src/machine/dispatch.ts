/**
 * One jump from an operation's number to the primitive that owns it: its step, its blocking condition, its holders.
 * The switches are the only place that lists all operations; everything else about one is in ../primitives.
 */
import { assertNever } from '../assert.js';
import { Op } from '../ops/opcode.js';
import * as completion from '../primitives/completion.js';
import * as external from '../primitives/external.js';
import * as idr from '../primitives/idr.js';
import * as kernfs from '../primitives/kernfs.js';
import * as list from '../primitives/list.js';
import * as memory from '../primitives/memory.js';
import * as module from '../primitives/module.js';
import * as mutex from '../primitives/mutex.js';
import * as refcount from '../primitives/refcount.js';
import * as rwsem from '../primitives/rwsem.js';
import * as spinlock from '../primitives/spinlock.js';
import * as sysfs from '../primitives/sysfs.js';
import * as warn from '../primitives/warn.js';
import * as workqueue from '../primitives/workqueue.js';
import type { Machine } from './machine.js';
import { Meta, Row } from './row.js';

/** Executes the operation at `row`. @returns the next program counter, or FAILED */
export function execute(m: Machine, task: number, row: number, fault: boolean): number {
  const op = m.code[row + Row.op] as Op;
  switch (op) {
    case Op.load:
      return memory.load(m, task, row);
    case Op.store:
      return memory.store(m, task, row);
    case Op.test_bit:
      return memory.test_bit(m, task, row);
    case Op.test_and_set_bit:
      return memory.test_and_set_bit(m, task, row);
    case Op.test_and_clear_bit:
      return memory.test_and_clear_bit(m, task, row);
    case Op.kzalloc:
      return memory.kzalloc(m, task, row, fault);
    case Op.kfree:
      return memory.kfree(m, task, row);
    case Op.mutex_lock:
      return mutex.mutex_lock(m, task, row);
    case Op.mutex_trylock:
      return mutex.mutex_trylock(m, task, row);
    case Op.mutex_unlock:
      return mutex.mutex_unlock(m, task, row);
    case Op.down_read:
      return rwsem.down_read(m, task, row);
    case Op.up_read:
      return rwsem.up_read(m, task, row);
    case Op.down_write:
      return rwsem.down_write(m, task, row);
    case Op.down_write_wait:
      return rwsem.down_write_wait(m, task, row);
    case Op.up_write:
      return rwsem.up_write(m, task, row);
    case Op.refcount_set:
      return refcount.refcount_set(m, task, row);
    case Op.refcount_inc:
      return refcount.refcount_inc(m, task, row);
    case Op.refcount_inc_not_zero:
      return refcount.refcount_inc_not_zero(m, task, row);
    case Op.refcount_dec_not_one:
      return refcount.refcount_dec_not_one(m, task, row);
    case Op.refcount_dec_and_test:
      return refcount.refcount_dec_and_test(m, task, row);
    case Op.idr_alloc:
      return idr.idr_alloc(m, task, row);
    case Op.idr_find:
      return idr.idr_find(m, task, row);
    case Op.idr_find_get:
      return idr.idr_find_get(m, task, row);
    case Op.idr_remove:
      return idr.idr_remove(m, task, row);
    case Op.idr_destroy:
      return idr.idr_destroy(m, row);
    case Op.complete:
      return completion.complete(m, task, row);
    case Op.wait_for_completion:
      return completion.wait_for_completion(m, task, row);
    case Op.queue_work:
      return workqueue.queue_work(m, task, row);
    case Op.flush_workqueue:
      return workqueue.flush_workqueue(m, task, row);
    case Op.flush_workqueue_wait:
      return workqueue.flush_workqueue_wait(m, task, row);
    case Op.destroy_workqueue:
      return workqueue.destroy_workqueue(m, task, row);
    case Op.destroy_workqueue_wait:
      return workqueue.destroy_workqueue_wait(m, task, row);
    case Op.work_done:
      return workqueue.work_done(m, task);
    case Op.try_module_get:
      return module.try_module_get(m, row);
    case Op.module_put:
      return module.module_put(m, row);
    case Op.module_begin_exit:
      return module.module_begin_exit(m, row);
    case Op.module_free:
      return module.module_free(m, row);
    case Op.sysfs_create:
      return sysfs.sysfs_create(m, task, row);
    case Op.sysfs_remove:
      return sysfs.sysfs_remove(m, task, row);
    case Op.wait_external:
      return external.wait_external(m, task, row);
    case Op.wait_for_completion_timeout:
      return completion.wait_for_completion_timeout(m, task, row);
    case Op.spin_lock:
      return spinlock.spin_lock(m, task, row);
    case Op.spin_unlock:
      return spinlock.spin_unlock(m, task, row);
    case Op.kernfs_create:
      return kernfs.kernfs_create(m, task, row);
    case Op.kernfs_get_active:
      return kernfs.kernfs_get_active(m, task, row);
    case Op.kernfs_put_active:
      return kernfs.kernfs_put_active(m, task, row);
    case Op.kernfs_deactivate:
      return kernfs.kernfs_deactivate(m, task, row);
    case Op.kernfs_drain:
      return kernfs.kernfs_drain(m, task, row);
    case Op.init_list_head:
      return list.init_list_head(m, task, row);
    case Op.list_add:
      return list.list_add(m, task, row);
    case Op.list_add_tail:
      return list.list_add_tail(m, task, row);
    case Op.list_del:
      return list.list_del(m, task, row);
    case Op.list_del_init:
      return list.list_del_init(m, task, row);
    case Op.list_empty:
      return list.list_empty(m, task, row);
    case Op.list_next_entry:
      return list.list_next_entry(m, task, row);
    case Op.list_prev_entry:
      return list.list_prev_entry(m, task, row);
    case Op.invariant:
      return warn.invariant(m, task, row);
    case Op.busy_pool:
      return warn.busy_pool(m, row);
    case Op.end:
    case Op.set:
    case Op.zero:
    case Op.test:
    case Op.stay:
      throw new Error(`operation ${op} is no step`);
    default:
      return assertNever(op);
  }
}

/** Whether the task can take its next step. A dead or NULL resource does not block: locking it reports it. */
export function enabled(m: Machine, task: number): boolean {
  const pc = m.state[m.pcSlot[task] as number] as number;
  const row = pc << Row.shift;
  if (
    ((m.code[row + Row.meta] as number) & Meta.sleeps) !== 0 &&
    spinlock.spinlocksHeld(m, task) !== 0
  )
    return true;
  switch (m.code[row + Row.op] as Op) {
    case Op.end:
      return workqueue.hasItem(m, task);
    case Op.stay:
      return false;
    case Op.mutex_lock:
    case Op.spin_lock:
      return mutex.lockable(m, task, row);
    case Op.down_read:
      return rwsem.readable(m, task, row);
    case Op.down_write_wait:
      return rwsem.writable(m, task, row);
    case Op.wait_for_completion:
    case Op.wait_for_completion_timeout:
      return completion.completed(m, task, row);
    case Op.flush_workqueue_wait:
      return workqueue.flushed(m, task, row);
    case Op.destroy_workqueue_wait:
      return workqueue.drained(m, task, row);
    case Op.wait_external:
      return external.arrived(m, task, row);
    case Op.kernfs_drain:
      return kernfs.inactive(m, task, row);
    default:
      return true;
  }
}

/** Bit mask of the tasks known to hold what a blocked task waits for. */
export function holders(m: Machine, task: number): number {
  const row = (m.state[m.pcSlot[task] as number] as number) << Row.shift;
  switch (m.code[row + Row.op] as Op) {
    case Op.mutex_lock:
    case Op.spin_lock:
      return mutex.owner(m, task, row);
    case Op.down_read:
      return rwsem.blockingReader(m, task, row);
    case Op.down_write_wait:
      return rwsem.blockingWriter(m, task, row);
    case Op.flush_workqueue_wait:
    case Op.destroy_workqueue_wait:
      return workqueue.runner(m, task, row);
    case Op.kernfs_drain:
      return kernfs.activeHolders(m, task, row);
    default:
      return 0;
  }
}

/** Like holders(), 0 for a task that is not blocked. */
export function holdersOf(m: Machine, task: number): number {
  const pc = m.state[m.pcSlot[task] as number] as number;
  return pc === 0 || enabled(m, task) ? 0 : holders(m, task);
}

/** Class of the lock a blocked task waits to take, -1 if it waits for something else. */
export function wantedClass(m: Machine, task: number): number {
  const row = (m.state[m.pcSlot[task] as number] as number) << Row.shift;
  switch (m.code[row + Row.op] as Op) {
    case Op.mutex_lock:
    case Op.down_read:
    case Op.down_write_wait:
    case Op.spin_lock:
    case Op.kernfs_drain:
      return m.tables.classOfSlot[m.place(task, row + Row.arg)] as number;
    default:
      return -1;
  }
}

/** Whether waiting here for ever is no failure: parked in user mode, or waiting for the outside world. */
export function mayWaitForEver(m: Machine, task: number): boolean {
  const op = m.code[((m.state[m.pcSlot[task] as number] as number) << Row.shift) + Row.op] as Op;
  return op === Op.end || op === Op.stay || op === Op.wait_external;
}
