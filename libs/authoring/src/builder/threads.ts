/** POSIX threads: what is more than one operation. */
import type { MutexField, PthreadCondField } from '../language/struct.js';
import type { Place } from '../language/values.js';
import { Tables } from './tables.js';

export class Threads extends Tables {
  /**
   * Three steps: gives the mutex and waits, passes when woken, takes the mutex. A wakeup is spurious where the case injects a
   * fault under this name; without a name none is.
   */
  pthread_cond_wait(
    cond: Place<PthreadCondField>,
    mutex: Place<MutexField>,
    faultName?: string,
  ): void {
    this.body.emit(
      'pthread_cond_wait',
      [...this.place(cond), ...this.place(mutex)],
      faultName === undefined ? {} : { fault: faultName },
    );
    this.body.emit('pthread_cond_wait_woken', this.place(cond));
    this.mutex_lock(mutex);
  }
}
