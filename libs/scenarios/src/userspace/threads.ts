/**
 * Threads and mutexes of user space (POSIX). Each thread is a task of the case that waits to be created and can be joined once it
 * has ended; f.pthread_create, f.pthread_join and f.pthread_cond_wait, _signal, _broadcast are calls of the builder.
 */
import {
  fn,
  primitive,
  task,
  type FunctionBuilder,
  type MutexField,
  type Place,
  type PthreadField,
  type TaskSpec,
} from '@lastref/authoring';
import { PTHREAD_CREATE_C, PTHREAD_MUTEX_C } from './files.js';

const lock = primitive('pthread_mutex_lock', PTHREAD_MUTEX_C, (f, m: Place<MutexField>) => {
  f.mutex_lock(m);
});
const unlock = primitive('pthread_mutex_unlock', PTHREAD_MUTEX_C, (f, m: Place<MutexField>) => {
  f.mutex_unlock(m);
});

export const pthread_mutex_lock = (f: FunctionBuilder, mutex: Place<MutexField>): void => {
  f.call(lock, mutex);
};
export const pthread_mutex_unlock = (f: FunctionBuilder, mutex: Place<MutexField>): void => {
  f.call(unlock, mutex);
};

/** The task of a thread that others create by f.pthread_create(thread), and join. */
export const start_thread = (
  name: string,
  thread: Place<PthreadField>,
  start_routine: (f: FunctionBuilder) => void,
): TaskSpec => {
  const routine = fn('start_thread', PTHREAD_CREATE_C, (f) => {
    f.pthread_begin(thread);
    start_routine(f);
    f.pthread_exit(thread);
  });
  return task(name, (f) => {
    f.call(routine);
  });
};
