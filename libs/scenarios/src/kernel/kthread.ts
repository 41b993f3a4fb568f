/**
 * Kernel threads (kernel/kthread.c): a task of the case that runs `kthread(f, thread, body)` begins when f.kthread_run(thread) was
 * called, does nothing if it was asked to stop before, and can be stopped by f.kthread_stop(thread); the body asks
 * f.kthread_should_stop(thread).
 */
import type { FunctionBuilder, KthreadField, Place } from '@lastref/authoring';

/** What the thread's task does. */
export const kthread = (
  f: FunctionBuilder,
  thread: Place<KthreadField>,
  body: () => void,
): void => {
  f.kthread_begin(thread);
  f.unless(f.kthread_should_stop(thread), body);
  f.kthread_exit(thread);
};
