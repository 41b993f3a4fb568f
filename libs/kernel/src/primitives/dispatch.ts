/**
 * Jumps from an operation's number, its place in the catalogue, to its step and to what it waits for. Generated: npm run
 * generate. Switches and not tables of functions, and steps that are constants of this file, because the compiler then puts
 * those that run most into their callers.
 */
import { AssertionError } from '../assert.js';
import type { Kernel } from '../operation/kernel.js';
import { operations as atomic } from './atomic.js';
import { operations as completion } from './completion.js';
import { operations as control } from './control.js';
import { operations as delayedWork } from './delayed-work.js';
import { operations as devres } from './devres.js';
import { operations as external } from './external.js';
import { operations as hlist } from './hlist.js';
import { operations as hrtimer } from './hrtimer.js';
import { operations as ida } from './ida.js';
import { operations as idr } from './idr.js';
import { operations as interrupt } from './interrupt.js';
import { operations as irq } from './irq.js';
import { operations as kernfs } from './kernfs.js';
import { operations as kthread } from './kthread.js';
import { operations as list } from './list.js';
import { operations as memory } from './memory.js';
import { operations as module } from './module.js';
import { operations as mutex } from './mutex.js';
import { operations as pthread } from './pthread.js';
import { operations as pthreadCond } from './pthread-cond.js';
import { operations as rcu } from './rcu.js';
import { operations as refcount } from './refcount.js';
import { operations as rwlock } from './rwlock.js';
import { operations as rwsem } from './rwsem.js';
import { operations as signal } from './signal.js';
import { operations as sleep } from './sleep.js';
import { operations as spinlock } from './spinlock.js';
import { operations as srcu } from './srcu.js';
import { operations as sysfs } from './sysfs.js';
import { operations as tasklet } from './tasklet.js';
import { operations as timer } from './timer.js';
import { operations as waitqueue } from './waitqueue.js';
import { operations as warn } from './warn.js';
import { operations as work } from './work.js';
import { operations as workqueue } from './workqueue.js';
import { operations as xarray } from './xarray.js';

const atomicReadStep = atomic.atomic_read.step;
const atomicSetStep = atomic.atomic_set.step;
const atomicIncStep = atomic.atomic_inc.step;
const atomicDecStep = atomic.atomic_dec.step;
const atomicAddStep = atomic.atomic_add.step;
const atomicSubStep = atomic.atomic_sub.step;
const atomicIncAndTestStep = atomic.atomic_inc_and_test.step;
const atomicDecAndTestStep = atomic.atomic_dec_and_test.step;
const atomicAddReturnStep = atomic.atomic_add_return.step;
const atomicFetchAddStep = atomic.atomic_fetch_add.step;
const atomicXchgStep = atomic.atomic_xchg.step;
const atomicCmpxchgStep = atomic.atomic_cmpxchg.step;
const atomicAddUnlessStep = atomic.atomic_add_unless.step;
const completeStep = completion.complete.step;
const completeAllStep = completion.complete_all.step;
const reinitCompletionStep = completion.reinit_completion.step;
const completionDoneStep = completion.completion_done.step;
const tryWaitForCompletionStep = completion.try_wait_for_completion.step;
const waitForCompletionStep = completion.wait_for_completion.step;
const waitForCompletionInterruptibleStep = completion.wait_for_completion_interruptible.step;
const waitForCompletionKillableStep = completion.wait_for_completion_killable.step;
const waitForCompletionTimeoutStep = completion.wait_for_completion_timeout.step;
const endStep = control.end.step;
const setStep = control.set.step;
const zeroStep = control.zero.step;
const testStep = control.test.step;
const addStep = control.add.step;
const subStep = control.sub.step;
const stayStep = control.stay.step;
const queueDelayedWorkStep = delayedWork.queue_delayed_work.step;
const modDelayedWorkStep = delayedWork.mod_delayed_work.step;
const cancelDelayedWorkStep = delayedWork.cancel_delayed_work.step;
const cancelDelayedWorkSyncStep = delayedWork.cancel_delayed_work_sync.step;
const cancelDelayedWorkSyncWaitStep = delayedWork.cancel_delayed_work_sync_wait.step;
const disableDelayedWorkStep = delayedWork.disable_delayed_work.step;
const disableDelayedWorkSyncStep = delayedWork.disable_delayed_work_sync.step;
const disableDelayedWorkSyncWaitStep = delayedWork.disable_delayed_work_sync_wait.step;
const enableDelayedWorkStep = delayedWork.enable_delayed_work.step;
const flushDelayedWorkStep = delayedWork.flush_delayed_work.step;
const flushDelayedWorkWaitStep = delayedWork.flush_delayed_work_wait.step;
const devresAddStep = devres.devres_add.step;
const devresReleaseLastStep = devres.devres_release_last.step;
const waitExternalStep = external.wait_external.step;
const hlistAddHeadStep = hlist.hlist_add_head.step;
const hlistDelStep = hlist.hlist_del.step;
const hlistDelInitStep = hlist.hlist_del_init.step;
const hlistUnhashedStep = hlist.hlist_unhashed.step;
const hlistEmptyStep = hlist.hlist_empty.step;
const hlistEntrySafeStep = hlist.hlist_entry_safe.step;
const hrtimerSetupStep = hrtimer.hrtimer_setup.step;
const hrtimerStartStep = hrtimer.hrtimer_start.step;
const hrtimerTryToCancelStep = hrtimer.hrtimer_try_to_cancel.step;
const hrtimerCancelStep = hrtimer.hrtimer_cancel.step;
const idaAllocStep = ida.ida_alloc.step;
const idaFreeStep = ida.ida_free.step;
const idrAllocStep = idr.idr_alloc.step;
const idrFindStep = idr.idr_find.step;
const idrFindGetStep = idr.idr_find_get.step;
const idrRemoveStep = idr.idr_remove.step;
const idrDestroyStep = idr.idr_destroy.step;
const localIrqSaveStep = interrupt.local_irq_save.step;
const localIrqRestoreStep = interrupt.local_irq_restore.step;
const localIrqDisableStep = interrupt.local_irq_disable.step;
const localIrqEnableStep = interrupt.local_irq_enable.step;
const localBhDisableStep = interrupt.local_bh_disable.step;
const localBhEnableStep = interrupt.local_bh_enable.step;
const preemptDisableStep = interrupt.preempt_disable.step;
const preemptEnableStep = interrupt.preempt_enable.step;
const spinLockIrqsaveStep = interrupt.spin_lock_irqsave.step;
const spinUnlockIrqrestoreStep = interrupt.spin_unlock_irqrestore.step;
const spinLockIrqStep = interrupt.spin_lock_irq.step;
const spinUnlockIrqStep = interrupt.spin_unlock_irq.step;
const spinLockBhStep = interrupt.spin_lock_bh.step;
const spinUnlockBhStep = interrupt.spin_unlock_bh.step;
const enterInterruptStep = interrupt.enter_interrupt.step;
const leaveInterruptStep = interrupt.leave_interrupt.step;
const requestIrqStep = irq.request_irq.step;
const requestThreadedIrqStep = irq.request_threaded_irq.step;
const freeIrqStep = irq.free_irq.step;
const freeIrqWaitStep = irq.free_irq_wait.step;
const disableIrqNosyncStep = irq.disable_irq_nosync.step;
const disableIrqStep = irq.disable_irq.step;
const disableIrqWaitStep = irq.disable_irq_wait.step;
const enableIrqStep = irq.enable_irq.step;
const synchronizeIrqStep = irq.synchronize_irq.step;
const synchronizeHardirqStep = irq.synchronize_hardirq.step;
const kernfsCreateStep = kernfs.kernfs_create.step;
const kernfsGetActiveStep = kernfs.kernfs_get_active.step;
const kernfsUnbreakActiveProtectionStep = kernfs.kernfs_unbreak_active_protection.step;
const kernfsPutActiveStep = kernfs.kernfs_put_active.step;
const kernfsDeactivateStep = kernfs.kernfs_deactivate.step;
const kernfsDrainStep = kernfs.kernfs_drain.step;
const kthreadRunStep = kthread.kthread_run.step;
const kthreadBeginStep = kthread.kthread_begin.step;
const kthreadShouldStopStep = kthread.kthread_should_stop.step;
const kthreadExitStep = kthread.kthread_exit.step;
const kthreadStopStep = kthread.kthread_stop.step;
const kthreadStopWaitStep = kthread.kthread_stop_wait.step;
const initListHeadStep = list.init_list_head.step;
const listAddStep = list.list_add.step;
const listAddTailStep = list.list_add_tail.step;
const listDelStep = list.list_del.step;
const listDelInitStep = list.list_del_init.step;
const listMoveStep = list.list_move.step;
const listMoveTailStep = list.list_move_tail.step;
const listSpliceInitStep = list.list_splice_init.step;
const listEmptyStep = list.list_empty.step;
const listNextEntryStep = list.list_next_entry.step;
const listPrevEntryStep = list.list_prev_entry.step;
const loadStep = memory.load.step;
const readOnceStep = memory.read_once.step;
const storeStep = memory.store.step;
const writeOnceStep = memory.write_once.step;
const testBitStep = memory.test_bit.step;
const testAndSetBitStep = memory.test_and_set_bit.step;
const testAndClearBitStep = memory.test_and_clear_bit.step;
const kzallocStep = memory.kzalloc.step;
const kfreeStep = memory.kfree.step;
const tryModuleGetStep = module.try_module_get.step;
const modulePutStep = module.module_put.step;
const moduleBeginExitStep = module.module_begin_exit.step;
const moduleFreeStep = module.module_free.step;
const mutexLockStep = mutex.mutex_lock.step;
const mutexLockInterruptibleStep = mutex.mutex_lock_interruptible.step;
const mutexLockKillableStep = mutex.mutex_lock_killable.step;
const mutexTrylockStep = mutex.mutex_trylock.step;
const mutexUnlockStep = mutex.mutex_unlock.step;
const mutexUnlockTwoStepStep = mutex.mutex_unlock_two_step.step;
const mutexUnlockSlowpathStep = mutex.mutex_unlock_slowpath.step;
const pthreadCreateStep = pthread.pthread_create.step;
const pthreadBeginStep = pthread.pthread_begin.step;
const pthreadExitStep = pthread.pthread_exit.step;
const pthreadJoinStep = pthread.pthread_join.step;
const pthreadCondWaitStep = pthreadCond.pthread_cond_wait.step;
const pthreadCondWaitWokenStep = pthreadCond.pthread_cond_wait_woken.step;
const pthreadCondSignalStep = pthreadCond.pthread_cond_signal.step;
const pthreadCondBroadcastStep = pthreadCond.pthread_cond_broadcast.step;
const rcuReadLockStep = rcu.rcu_read_lock.step;
const rcuReadUnlockStep = rcu.rcu_read_unlock.step;
const synchronizeRcuStep = rcu.synchronize_rcu.step;
const synchronizeRcuWaitStep = rcu.synchronize_rcu_wait.step;
const rcuDereferenceStep = rcu.rcu_dereference.step;
const rcuDereferenceProtectedStep = rcu.rcu_dereference_protected.step;
const refcountSetStep = refcount.refcount_set.step;
const refcountIncStep = refcount.refcount_inc.step;
const refcountAddStep = refcount.refcount_add.step;
const refcountIncNotZeroStep = refcount.refcount_inc_not_zero.step;
const refcountDecStep = refcount.refcount_dec.step;
const refcountDecNotOneStep = refcount.refcount_dec_not_one.step;
const refcountDecAndTestStep = refcount.refcount_dec_and_test.step;
const refcountSubAndTestStep = refcount.refcount_sub_and_test.step;
const readLockStep = rwlock.read_lock.step;
const readTrylockStep = rwlock.read_trylock.step;
const readUnlockStep = rwlock.read_unlock.step;
const writeLockStep = rwlock.write_lock.step;
const writeLockWaitStep = rwlock.write_lock_wait.step;
const writeTrylockStep = rwlock.write_trylock.step;
const writeUnlockStep = rwlock.write_unlock.step;
const downReadStep = rwsem.down_read.step;
const downReadInterruptibleStep = rwsem.down_read_interruptible.step;
const downReadKillableStep = rwsem.down_read_killable.step;
const downReadTrylockStep = rwsem.down_read_trylock.step;
const upReadStep = rwsem.up_read.step;
const downWriteStep = rwsem.down_write.step;
const downWriteWaitStep = rwsem.down_write_wait.step;
const downWriteKillableStep = rwsem.down_write_killable.step;
const downWriteKillableWaitStep = rwsem.down_write_killable_wait.step;
const downWriteTrylockStep = rwsem.down_write_trylock.step;
const downgradeWriteStep = rwsem.downgrade_write.step;
const upWriteStep = rwsem.up_write.step;
const sendSignalStep = signal.send_signal.step;
const signalPendingStep = signal.signal_pending.step;
const fatalSignalPendingStep = signal.fatal_signal_pending.step;
const doSignalStep = signal.do_signal.step;
const condReschedStep = sleep.cond_resched.step;
const msleepStep = sleep.msleep.step;
const spinLockStep = spinlock.spin_lock.step;
const spinTrylockStep = spinlock.spin_trylock.step;
const spinUnlockStep = spinlock.spin_unlock.step;
const initSrcuStructStep = srcu.init_srcu_struct.step;
const cleanupSrcuStructStep = srcu.cleanup_srcu_struct.step;
const srcuReadLockStep = srcu.srcu_read_lock.step;
const srcuReadUnlockStep = srcu.srcu_read_unlock.step;
const synchronizeSrcuStep = srcu.synchronize_srcu.step;
const synchronizeSrcuWaitStep = srcu.synchronize_srcu_wait.step;
const srcuDereferenceStep = srcu.srcu_dereference.step;
const sysfsCreateStep = sysfs.sysfs_create.step;
const sysfsRemoveStep = sysfs.sysfs_remove.step;
const taskletScheduleStep = tasklet.tasklet_schedule.step;
const taskletDisableNosyncStep = tasklet.tasklet_disable_nosync.step;
const taskletDisableStep = tasklet.tasklet_disable.step;
const taskletDisableWaitStep = tasklet.tasklet_disable_wait.step;
const taskletDisableInAtomicStep = tasklet.tasklet_disable_in_atomic.step;
const taskletDisableInAtomicWaitStep = tasklet.tasklet_disable_in_atomic_wait.step;
const taskletEnableStep = tasklet.tasklet_enable.step;
const taskletKillStep = tasklet.tasklet_kill.step;
const taskletKillLockStep = tasklet.tasklet_kill_lock.step;
const taskletKillWaitStep = tasklet.tasklet_kill_wait.step;
const timerSetupStep = timer.timer_setup.step;
const modTimerStep = timer.mod_timer.step;
const timerPendingStep = timer.timer_pending.step;
const delTimerStep = timer.del_timer.step;
const delTimerSyncStep = timer.del_timer_sync.step;
const timerShutdownStep = timer.timer_shutdown.step;
const timerShutdownSyncStep = timer.timer_shutdown_sync.step;
const timerShutdownSyncWaitStep = timer.timer_shutdown_sync_wait.step;
const prepareToWaitStep = waitqueue.prepare_to_wait.step;
const prepareToWaitExclusiveStep = waitqueue.prepare_to_wait_exclusive.step;
const scheduleStep = waitqueue.schedule.step;
const scheduleInterruptibleStep = waitqueue.schedule_interruptible.step;
const scheduleKillableStep = waitqueue.schedule_killable.step;
const scheduleTimeoutStep = waitqueue.schedule_timeout.step;
const finishWaitStep = waitqueue.finish_wait.step;
const wakeUpStep = waitqueue.wake_up.step;
const wakeUpNrStep = waitqueue.wake_up_nr.step;
const wakeUpAllStep = waitqueue.wake_up_all.step;
const waitqueueActiveStep = waitqueue.waitqueue_active.step;
const invariantStep = warn.invariant.step;
const checkStep = warn.check.step;
const busyPoolStep = warn.busy_pool.step;
const tryQueueWorkStep = work.try_queue_work.step;
const cancelWorkStep = work.cancel_work.step;
const cancelWorkSyncStep = work.cancel_work_sync.step;
const cancelWorkSyncWaitStep = work.cancel_work_sync_wait.step;
const disableWorkStep = work.disable_work.step;
const disableWorkSyncStep = work.disable_work_sync.step;
const disableWorkSyncWaitStep = work.disable_work_sync_wait.step;
const enableWorkStep = work.enable_work.step;
const flushWorkStep = work.flush_work.step;
const flushWorkWaitStep = work.flush_work_wait.step;
const queueWorkStep = workqueue.queue_work.step;
const flushWorkqueueStep = workqueue.flush_workqueue.step;
const flushWorkqueueWaitStep = workqueue.flush_workqueue_wait.step;
const destroyWorkqueueStep = workqueue.destroy_workqueue.step;
const destroyWorkqueueWaitStep = workqueue.destroy_workqueue_wait.step;
const workDoneStep = workqueue.work_done.step;
const xaAllocStep = xarray.xa_alloc.step;
const xaStoreStep = xarray.xa_store.step;
const xaLoadStep = xarray.xa_load.step;
const xaEraseStep = xarray.xa_erase.step;
const xaFindStep = xarray.xa_find.step;
const xaDestroyStep = xarray.xa_destroy.step;
const waitForCompletionUntil = completion.wait_for_completion.wait.until;
const waitForCompletionInterruptibleUntil = completion.wait_for_completion_interruptible.wait.until;
const waitForCompletionKillableUntil = completion.wait_for_completion_killable.wait.until;
const waitForCompletionTimeoutUntil = completion.wait_for_completion_timeout.wait.until;
const stayUntil = control.stay.wait.until;
const cancelDelayedWorkSyncWaitUntil = delayedWork.cancel_delayed_work_sync_wait.wait.until;
const disableDelayedWorkSyncWaitUntil = delayedWork.disable_delayed_work_sync_wait.wait.until;
const flushDelayedWorkWaitUntil = delayedWork.flush_delayed_work_wait.wait.until;
const waitExternalUntil = external.wait_external.wait.until;
const hrtimerCancelUntil = hrtimer.hrtimer_cancel.wait.until;
const spinLockIrqsaveUntil = interrupt.spin_lock_irqsave.wait.until;
const spinLockIrqUntil = interrupt.spin_lock_irq.wait.until;
const spinLockBhUntil = interrupt.spin_lock_bh.wait.until;
const enterInterruptUntil = interrupt.enter_interrupt.wait.until;
const requestIrqUntil = irq.request_irq.wait.until;
const requestThreadedIrqUntil = irq.request_threaded_irq.wait.until;
const freeIrqWaitUntil = irq.free_irq_wait.wait.until;
const disableIrqWaitUntil = irq.disable_irq_wait.wait.until;
const synchronizeIrqUntil = irq.synchronize_irq.wait.until;
const synchronizeHardirqUntil = irq.synchronize_hardirq.wait.until;
const kernfsDrainUntil = kernfs.kernfs_drain.wait.until;
const kthreadBeginUntil = kthread.kthread_begin.wait.until;
const kthreadStopWaitUntil = kthread.kthread_stop_wait.wait.until;
const mutexLockUntil = mutex.mutex_lock.wait.until;
const mutexLockInterruptibleUntil = mutex.mutex_lock_interruptible.wait.until;
const mutexLockKillableUntil = mutex.mutex_lock_killable.wait.until;
const pthreadBeginUntil = pthread.pthread_begin.wait.until;
const pthreadJoinUntil = pthread.pthread_join.wait.until;
const pthreadCondWaitWokenUntil = pthreadCond.pthread_cond_wait_woken.wait.until;
const synchronizeRcuWaitUntil = rcu.synchronize_rcu_wait.wait.until;
const readLockUntil = rwlock.read_lock.wait.until;
const writeLockWaitUntil = rwlock.write_lock_wait.wait.until;
const downReadUntil = rwsem.down_read.wait.until;
const downReadInterruptibleUntil = rwsem.down_read_interruptible.wait.until;
const downReadKillableUntil = rwsem.down_read_killable.wait.until;
const downWriteWaitUntil = rwsem.down_write_wait.wait.until;
const downWriteKillableWaitUntil = rwsem.down_write_killable_wait.wait.until;
const spinLockUntil = spinlock.spin_lock.wait.until;
const synchronizeSrcuWaitUntil = srcu.synchronize_srcu_wait.wait.until;
const taskletDisableWaitUntil = tasklet.tasklet_disable_wait.wait.until;
const taskletDisableInAtomicWaitUntil = tasklet.tasklet_disable_in_atomic_wait.wait.until;
const taskletKillLockUntil = tasklet.tasklet_kill_lock.wait.until;
const taskletKillWaitUntil = tasklet.tasklet_kill_wait.wait.until;
const delTimerSyncUntil = timer.del_timer_sync.wait.until;
const timerShutdownSyncWaitUntil = timer.timer_shutdown_sync_wait.wait.until;
const scheduleUntil = waitqueue.schedule.wait.until;
const scheduleInterruptibleUntil = waitqueue.schedule_interruptible.wait.until;
const scheduleKillableUntil = waitqueue.schedule_killable.wait.until;
const scheduleTimeoutUntil = waitqueue.schedule_timeout.wait.until;
const cancelWorkSyncWaitUntil = work.cancel_work_sync_wait.wait.until;
const disableWorkSyncWaitUntil = work.disable_work_sync_wait.wait.until;
const flushWorkWaitUntil = work.flush_work_wait.wait.until;
const flushWorkqueueWaitUntil = workqueue.flush_workqueue_wait.wait.until;
const destroyWorkqueueWaitUntil = workqueue.destroy_workqueue_wait.wait.until;

/** Executes the operation of that number. @returns the next program counter, or Exit.failed */
export function execute(m: Kernel, task: number, row: number, fault: boolean, op: number): number {
  switch (op) {
    case 0:
      return atomicReadStep(m, task, row, fault);
    case 1:
      return atomicSetStep(m, task, row, fault);
    case 2:
      return atomicIncStep(m, task, row, fault);
    case 3:
      return atomicDecStep(m, task, row, fault);
    case 4:
      return atomicAddStep(m, task, row, fault);
    case 5:
      return atomicSubStep(m, task, row, fault);
    case 6:
      return atomicIncAndTestStep(m, task, row, fault);
    case 7:
      return atomicDecAndTestStep(m, task, row, fault);
    case 8:
      return atomicAddReturnStep(m, task, row, fault);
    case 9:
      return atomicFetchAddStep(m, task, row, fault);
    case 10:
      return atomicXchgStep(m, task, row, fault);
    case 11:
      return atomicCmpxchgStep(m, task, row, fault);
    case 12:
      return atomicAddUnlessStep(m, task, row, fault);
    case 13:
      return completeStep(m, task, row, fault);
    case 14:
      return completeAllStep(m, task, row, fault);
    case 15:
      return reinitCompletionStep(m, task, row, fault);
    case 16:
      return completionDoneStep(m, task, row, fault);
    case 17:
      return tryWaitForCompletionStep(m, task, row, fault);
    case 18:
      return waitForCompletionStep(m, task, row, fault);
    case 19:
      return waitForCompletionInterruptibleStep(m, task, row, fault);
    case 20:
      return waitForCompletionKillableStep(m, task, row, fault);
    case 21:
      return waitForCompletionTimeoutStep(m, task, row, fault);
    case 22:
      return endStep(m, task, row, fault);
    case 23:
      return setStep(m, task, row, fault);
    case 24:
      return zeroStep(m, task, row, fault);
    case 25:
      return testStep(m, task, row, fault);
    case 26:
      return addStep(m, task, row, fault);
    case 27:
      return subStep(m, task, row, fault);
    case 28:
      return stayStep(m, task, row, fault);
    case 29:
      return queueDelayedWorkStep(m, task, row, fault);
    case 30:
      return modDelayedWorkStep(m, task, row, fault);
    case 31:
      return cancelDelayedWorkStep(m, task, row, fault);
    case 32:
      return cancelDelayedWorkSyncStep(m, task, row, fault);
    case 33:
      return cancelDelayedWorkSyncWaitStep(m, task, row, fault);
    case 34:
      return disableDelayedWorkStep(m, task, row, fault);
    case 35:
      return disableDelayedWorkSyncStep(m, task, row, fault);
    case 36:
      return disableDelayedWorkSyncWaitStep(m, task, row, fault);
    case 37:
      return enableDelayedWorkStep(m, task, row, fault);
    case 38:
      return flushDelayedWorkStep(m, task, row, fault);
    case 39:
      return flushDelayedWorkWaitStep(m, task, row, fault);
    case 40:
      return devresAddStep(m, task, row, fault);
    case 41:
      return devresReleaseLastStep(m, task, row, fault);
    case 42:
      return waitExternalStep(m, task, row, fault);
    case 43:
      return hlistAddHeadStep(m, task, row, fault);
    case 44:
      return hlistDelStep(m, task, row, fault);
    case 45:
      return hlistDelInitStep(m, task, row, fault);
    case 46:
      return hlistUnhashedStep(m, task, row, fault);
    case 47:
      return hlistEmptyStep(m, task, row, fault);
    case 48:
      return hlistEntrySafeStep(m, task, row, fault);
    case 49:
      return hrtimerSetupStep(m, task, row, fault);
    case 50:
      return hrtimerStartStep(m, task, row, fault);
    case 51:
      return hrtimerTryToCancelStep(m, task, row, fault);
    case 52:
      return hrtimerCancelStep(m, task, row, fault);
    case 53:
      return idaAllocStep(m, task, row, fault);
    case 54:
      return idaFreeStep(m, task, row, fault);
    case 55:
      return idrAllocStep(m, task, row, fault);
    case 56:
      return idrFindStep(m, task, row, fault);
    case 57:
      return idrFindGetStep(m, task, row, fault);
    case 58:
      return idrRemoveStep(m, task, row, fault);
    case 59:
      return idrDestroyStep(m, task, row, fault);
    case 60:
      return localIrqSaveStep(m, task, row, fault);
    case 61:
      return localIrqRestoreStep(m, task, row, fault);
    case 62:
      return localIrqDisableStep(m, task, row, fault);
    case 63:
      return localIrqEnableStep(m, task, row, fault);
    case 64:
      return localBhDisableStep(m, task, row, fault);
    case 65:
      return localBhEnableStep(m, task, row, fault);
    case 66:
      return preemptDisableStep(m, task, row, fault);
    case 67:
      return preemptEnableStep(m, task, row, fault);
    case 68:
      return spinLockIrqsaveStep(m, task, row, fault);
    case 69:
      return spinUnlockIrqrestoreStep(m, task, row, fault);
    case 70:
      return spinLockIrqStep(m, task, row, fault);
    case 71:
      return spinUnlockIrqStep(m, task, row, fault);
    case 72:
      return spinLockBhStep(m, task, row, fault);
    case 73:
      return spinUnlockBhStep(m, task, row, fault);
    case 74:
      return enterInterruptStep(m, task, row, fault);
    case 75:
      return leaveInterruptStep(m, task, row, fault);
    case 76:
      return requestIrqStep(m, task, row, fault);
    case 77:
      return requestThreadedIrqStep(m, task, row, fault);
    case 78:
      return freeIrqStep(m, task, row, fault);
    case 79:
      return freeIrqWaitStep(m, task, row, fault);
    case 80:
      return disableIrqNosyncStep(m, task, row, fault);
    case 81:
      return disableIrqStep(m, task, row, fault);
    case 82:
      return disableIrqWaitStep(m, task, row, fault);
    case 83:
      return enableIrqStep(m, task, row, fault);
    case 84:
      return synchronizeIrqStep(m, task, row, fault);
    case 85:
      return synchronizeHardirqStep(m, task, row, fault);
    case 86:
      return kernfsCreateStep(m, task, row, fault);
    case 87:
      return kernfsGetActiveStep(m, task, row, fault);
    case 88:
      return kernfsUnbreakActiveProtectionStep(m, task, row, fault);
    case 89:
      return kernfsPutActiveStep(m, task, row, fault);
    case 90:
      return kernfsDeactivateStep(m, task, row, fault);
    case 91:
      return kernfsDrainStep(m, task, row, fault);
    case 92:
      return kthreadRunStep(m, task, row, fault);
    case 93:
      return kthreadBeginStep(m, task, row, fault);
    case 94:
      return kthreadShouldStopStep(m, task, row, fault);
    case 95:
      return kthreadExitStep(m, task, row, fault);
    case 96:
      return kthreadStopStep(m, task, row, fault);
    case 97:
      return kthreadStopWaitStep(m, task, row, fault);
    case 98:
      return initListHeadStep(m, task, row, fault);
    case 99:
      return listAddStep(m, task, row, fault);
    case 100:
      return listAddTailStep(m, task, row, fault);
    case 101:
      return listDelStep(m, task, row, fault);
    case 102:
      return listDelInitStep(m, task, row, fault);
    case 103:
      return listMoveStep(m, task, row, fault);
    case 104:
      return listMoveTailStep(m, task, row, fault);
    case 105:
      return listSpliceInitStep(m, task, row, fault);
    case 106:
      return listEmptyStep(m, task, row, fault);
    case 107:
      return listNextEntryStep(m, task, row, fault);
    case 108:
      return listPrevEntryStep(m, task, row, fault);
    case 109:
      return loadStep(m, task, row, fault);
    case 110:
      return readOnceStep(m, task, row, fault);
    case 111:
      return storeStep(m, task, row, fault);
    case 112:
      return writeOnceStep(m, task, row, fault);
    case 113:
      return testBitStep(m, task, row, fault);
    case 114:
      return testAndSetBitStep(m, task, row, fault);
    case 115:
      return testAndClearBitStep(m, task, row, fault);
    case 116:
      return kzallocStep(m, task, row, fault);
    case 117:
      return kfreeStep(m, task, row, fault);
    case 118:
      return tryModuleGetStep(m, task, row, fault);
    case 119:
      return modulePutStep(m, task, row, fault);
    case 120:
      return moduleBeginExitStep(m, task, row, fault);
    case 121:
      return moduleFreeStep(m, task, row, fault);
    case 122:
      return mutexLockStep(m, task, row, fault);
    case 123:
      return mutexLockInterruptibleStep(m, task, row, fault);
    case 124:
      return mutexLockKillableStep(m, task, row, fault);
    case 125:
      return mutexTrylockStep(m, task, row, fault);
    case 126:
      return mutexUnlockStep(m, task, row, fault);
    case 127:
      return mutexUnlockTwoStepStep(m, task, row, fault);
    case 128:
      return mutexUnlockSlowpathStep(m, task, row, fault);
    case 129:
      return pthreadCreateStep(m, task, row, fault);
    case 130:
      return pthreadBeginStep(m, task, row, fault);
    case 131:
      return pthreadExitStep(m, task, row, fault);
    case 132:
      return pthreadJoinStep(m, task, row, fault);
    case 133:
      return pthreadCondWaitStep(m, task, row, fault);
    case 134:
      return pthreadCondWaitWokenStep(m, task, row, fault);
    case 135:
      return pthreadCondSignalStep(m, task, row, fault);
    case 136:
      return pthreadCondBroadcastStep(m, task, row, fault);
    case 137:
      return rcuReadLockStep(m, task, row, fault);
    case 138:
      return rcuReadUnlockStep(m, task, row, fault);
    case 139:
      return synchronizeRcuStep(m, task, row, fault);
    case 140:
      return synchronizeRcuWaitStep(m, task, row, fault);
    case 141:
      return rcuDereferenceStep(m, task, row, fault);
    case 142:
      return rcuDereferenceProtectedStep(m, task, row, fault);
    case 143:
      return refcountSetStep(m, task, row, fault);
    case 144:
      return refcountIncStep(m, task, row, fault);
    case 145:
      return refcountAddStep(m, task, row, fault);
    case 146:
      return refcountIncNotZeroStep(m, task, row, fault);
    case 147:
      return refcountDecStep(m, task, row, fault);
    case 148:
      return refcountDecNotOneStep(m, task, row, fault);
    case 149:
      return refcountDecAndTestStep(m, task, row, fault);
    case 150:
      return refcountSubAndTestStep(m, task, row, fault);
    case 151:
      return readLockStep(m, task, row, fault);
    case 152:
      return readTrylockStep(m, task, row, fault);
    case 153:
      return readUnlockStep(m, task, row, fault);
    case 154:
      return writeLockStep(m, task, row, fault);
    case 155:
      return writeLockWaitStep(m, task, row, fault);
    case 156:
      return writeTrylockStep(m, task, row, fault);
    case 157:
      return writeUnlockStep(m, task, row, fault);
    case 158:
      return downReadStep(m, task, row, fault);
    case 159:
      return downReadInterruptibleStep(m, task, row, fault);
    case 160:
      return downReadKillableStep(m, task, row, fault);
    case 161:
      return downReadTrylockStep(m, task, row, fault);
    case 162:
      return upReadStep(m, task, row, fault);
    case 163:
      return downWriteStep(m, task, row, fault);
    case 164:
      return downWriteWaitStep(m, task, row, fault);
    case 165:
      return downWriteKillableStep(m, task, row, fault);
    case 166:
      return downWriteKillableWaitStep(m, task, row, fault);
    case 167:
      return downWriteTrylockStep(m, task, row, fault);
    case 168:
      return downgradeWriteStep(m, task, row, fault);
    case 169:
      return upWriteStep(m, task, row, fault);
    case 170:
      return sendSignalStep(m, task, row, fault);
    case 171:
      return signalPendingStep(m, task, row, fault);
    case 172:
      return fatalSignalPendingStep(m, task, row, fault);
    case 173:
      return doSignalStep(m, task, row, fault);
    case 174:
      return condReschedStep(m, task, row, fault);
    case 175:
      return msleepStep(m, task, row, fault);
    case 176:
      return spinLockStep(m, task, row, fault);
    case 177:
      return spinTrylockStep(m, task, row, fault);
    case 178:
      return spinUnlockStep(m, task, row, fault);
    case 179:
      return initSrcuStructStep(m, task, row, fault);
    case 180:
      return cleanupSrcuStructStep(m, task, row, fault);
    case 181:
      return srcuReadLockStep(m, task, row, fault);
    case 182:
      return srcuReadUnlockStep(m, task, row, fault);
    case 183:
      return synchronizeSrcuStep(m, task, row, fault);
    case 184:
      return synchronizeSrcuWaitStep(m, task, row, fault);
    case 185:
      return srcuDereferenceStep(m, task, row, fault);
    case 186:
      return sysfsCreateStep(m, task, row, fault);
    case 187:
      return sysfsRemoveStep(m, task, row, fault);
    case 188:
      return taskletScheduleStep(m, task, row, fault);
    case 189:
      return taskletDisableNosyncStep(m, task, row, fault);
    case 190:
      return taskletDisableStep(m, task, row, fault);
    case 191:
      return taskletDisableWaitStep(m, task, row, fault);
    case 192:
      return taskletDisableInAtomicStep(m, task, row, fault);
    case 193:
      return taskletDisableInAtomicWaitStep(m, task, row, fault);
    case 194:
      return taskletEnableStep(m, task, row, fault);
    case 195:
      return taskletKillStep(m, task, row, fault);
    case 196:
      return taskletKillLockStep(m, task, row, fault);
    case 197:
      return taskletKillWaitStep(m, task, row, fault);
    case 198:
      return timerSetupStep(m, task, row, fault);
    case 199:
      return modTimerStep(m, task, row, fault);
    case 200:
      return timerPendingStep(m, task, row, fault);
    case 201:
      return delTimerStep(m, task, row, fault);
    case 202:
      return delTimerSyncStep(m, task, row, fault);
    case 203:
      return timerShutdownStep(m, task, row, fault);
    case 204:
      return timerShutdownSyncStep(m, task, row, fault);
    case 205:
      return timerShutdownSyncWaitStep(m, task, row, fault);
    case 206:
      return prepareToWaitStep(m, task, row, fault);
    case 207:
      return prepareToWaitExclusiveStep(m, task, row, fault);
    case 208:
      return scheduleStep(m, task, row, fault);
    case 209:
      return scheduleInterruptibleStep(m, task, row, fault);
    case 210:
      return scheduleKillableStep(m, task, row, fault);
    case 211:
      return scheduleTimeoutStep(m, task, row, fault);
    case 212:
      return finishWaitStep(m, task, row, fault);
    case 213:
      return wakeUpStep(m, task, row, fault);
    case 214:
      return wakeUpNrStep(m, task, row, fault);
    case 215:
      return wakeUpAllStep(m, task, row, fault);
    case 216:
      return waitqueueActiveStep(m, task, row, fault);
    case 217:
      return invariantStep(m, task, row, fault);
    case 218:
      return checkStep(m, task, row, fault);
    case 219:
      return busyPoolStep(m, task, row, fault);
    case 220:
      return tryQueueWorkStep(m, task, row, fault);
    case 221:
      return cancelWorkStep(m, task, row, fault);
    case 222:
      return cancelWorkSyncStep(m, task, row, fault);
    case 223:
      return cancelWorkSyncWaitStep(m, task, row, fault);
    case 224:
      return disableWorkStep(m, task, row, fault);
    case 225:
      return disableWorkSyncStep(m, task, row, fault);
    case 226:
      return disableWorkSyncWaitStep(m, task, row, fault);
    case 227:
      return enableWorkStep(m, task, row, fault);
    case 228:
      return flushWorkStep(m, task, row, fault);
    case 229:
      return flushWorkWaitStep(m, task, row, fault);
    case 230:
      return queueWorkStep(m, task, row, fault);
    case 231:
      return flushWorkqueueStep(m, task, row, fault);
    case 232:
      return flushWorkqueueWaitStep(m, task, row, fault);
    case 233:
      return destroyWorkqueueStep(m, task, row, fault);
    case 234:
      return destroyWorkqueueWaitStep(m, task, row, fault);
    case 235:
      return workDoneStep(m, task, row, fault);
    case 236:
      return xaAllocStep(m, task, row, fault);
    case 237:
      return xaStoreStep(m, task, row, fault);
    case 238:
      return xaLoadStep(m, task, row, fault);
    case 239:
      return xaEraseStep(m, task, row, fault);
    case 240:
      return xaFindStep(m, task, row, fault);
    case 241:
      return xaDestroyStep(m, task, row, fault);
    default:
      throw new AssertionError(`operation ${op} is none of these`);
  }
}

/** The same for local operations, which are few: small enough to be put into the loop that runs them. */
export function executeLocal(m: Kernel, task: number, row: number, op: number): number {
  switch (op) {
    case 22:
      return endStep(m, task, row, false);
    case 23:
      return setStep(m, task, row, false);
    case 24:
      return zeroStep(m, task, row, false);
    case 25:
      return testStep(m, task, row, false);
    case 26:
      return addStep(m, task, row, false);
    case 27:
      return subStep(m, task, row, false);
    default:
      throw new AssertionError(`operation ${op} is none of these`);
  }
}

/** Whether a task at the operation of that number, one that waits, can go on. */
export function passes(m: Kernel, task: number, row: number, op: number): boolean {
  switch (op) {
    case 18:
      return waitForCompletionUntil(m, task, row);
    case 19:
      return waitForCompletionInterruptibleUntil(m, task, row);
    case 20:
      return waitForCompletionKillableUntil(m, task, row);
    case 21:
      return waitForCompletionTimeoutUntil(m, task, row);
    case 28:
      return stayUntil(m, task, row);
    case 33:
      return cancelDelayedWorkSyncWaitUntil(m, task, row);
    case 36:
      return disableDelayedWorkSyncWaitUntil(m, task, row);
    case 39:
      return flushDelayedWorkWaitUntil(m, task, row);
    case 42:
      return waitExternalUntil(m, task, row);
    case 52:
      return hrtimerCancelUntil(m, task, row);
    case 68:
      return spinLockIrqsaveUntil(m, task, row);
    case 70:
      return spinLockIrqUntil(m, task, row);
    case 72:
      return spinLockBhUntil(m, task, row);
    case 74:
      return enterInterruptUntil(m, task, row);
    case 76:
      return requestIrqUntil(m, task, row);
    case 77:
      return requestThreadedIrqUntil(m, task, row);
    case 79:
      return freeIrqWaitUntil(m, task, row);
    case 82:
      return disableIrqWaitUntil(m, task, row);
    case 84:
      return synchronizeIrqUntil(m, task, row);
    case 85:
      return synchronizeHardirqUntil(m, task, row);
    case 91:
      return kernfsDrainUntil(m, task, row);
    case 93:
      return kthreadBeginUntil(m, task, row);
    case 97:
      return kthreadStopWaitUntil(m, task, row);
    case 122:
      return mutexLockUntil(m, task, row);
    case 123:
      return mutexLockInterruptibleUntil(m, task, row);
    case 124:
      return mutexLockKillableUntil(m, task, row);
    case 130:
      return pthreadBeginUntil(m, task, row);
    case 132:
      return pthreadJoinUntil(m, task, row);
    case 134:
      return pthreadCondWaitWokenUntil(m, task, row);
    case 140:
      return synchronizeRcuWaitUntil(m, task, row);
    case 151:
      return readLockUntil(m, task, row);
    case 155:
      return writeLockWaitUntil(m, task, row);
    case 158:
      return downReadUntil(m, task, row);
    case 159:
      return downReadInterruptibleUntil(m, task, row);
    case 160:
      return downReadKillableUntil(m, task, row);
    case 164:
      return downWriteWaitUntil(m, task, row);
    case 166:
      return downWriteKillableWaitUntil(m, task, row);
    case 176:
      return spinLockUntil(m, task, row);
    case 184:
      return synchronizeSrcuWaitUntil(m, task, row);
    case 191:
      return taskletDisableWaitUntil(m, task, row);
    case 193:
      return taskletDisableInAtomicWaitUntil(m, task, row);
    case 196:
      return taskletKillLockUntil(m, task, row);
    case 197:
      return taskletKillWaitUntil(m, task, row);
    case 202:
      return delTimerSyncUntil(m, task, row);
    case 205:
      return timerShutdownSyncWaitUntil(m, task, row);
    case 208:
      return scheduleUntil(m, task, row);
    case 209:
      return scheduleInterruptibleUntil(m, task, row);
    case 210:
      return scheduleKillableUntil(m, task, row);
    case 211:
      return scheduleTimeoutUntil(m, task, row);
    case 223:
      return cancelWorkSyncWaitUntil(m, task, row);
    case 226:
      return disableWorkSyncWaitUntil(m, task, row);
    case 229:
      return flushWorkWaitUntil(m, task, row);
    case 232:
      return flushWorkqueueWaitUntil(m, task, row);
    case 234:
      return destroyWorkqueueWaitUntil(m, task, row);
    default:
      throw new AssertionError(`operation ${op} is none of these`);
  }
}
