/**
 * Kernel threads (kernel/kthread.c): a task of the case that runs `kthread(f, thread, body)` begins when kthread_run() was called,
 * or does nothing if it was stopped before; kthread_stop() asks it to stop and waits until it has ended. The fields stand for
 * struct task_struct, which outlives the thread: statics, or an object that nobody frees before the thread was stopped.
 * Limits: a thread is run once. One that stops itself is hung, with no cycle to name.
 */
import {
  primitive,
  type Cond,
  type CompletionField,
  type FunctionBuilder,
  type IntField,
  type Place,
} from '@lastref/authoring';

export interface Kthread {
  /** A flag. */
  readonly run: Place<IntField>;
  /** A flag. */
  readonly should_stop: Place<IntField>;
  readonly exited: Place<CompletionField>;
}

const KTHREAD_C = 'kernel/kthread.c';

export const kthread_run = (f: FunctionBuilder, { run }: Kthread): void => {
  const start = primitive('kthread_run', KTHREAD_C, (g) => {
    g.set_bit(run);
  });
  f.call(start);
};

export const kthread_should_stop = (f: FunctionBuilder, { should_stop }: Kthread): Cond =>
  f.test_bit(should_stop);

/** Returns when the thread has ended. */
export const kthread_stop = (f: FunctionBuilder, { should_stop, exited }: Kthread): void => {
  const stop = primitive('kthread_stop', KTHREAD_C, (g) => {
    g.set_bit(should_stop);
    g.wait_for_completion(exited);
  });
  f.call(stop);
};

/** What the thread's task does. */
export const kthread = (
  f: FunctionBuilder,
  { run, should_stop, exited }: Kthread,
  body: () => void,
): void => {
  f.wait_for_outside_world(run);
  f.unless(f.test_bit(should_stop), body);
  f.complete_all(exited);
};
