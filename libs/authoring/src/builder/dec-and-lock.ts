/**
 * refcount_dec_and_mutex_lock (lib/refcount.c): up to four steps, dec unless one; mutex_lock; dec and test; and mutex_unlock
 * where the count is not zero. Where it holds, the mutex is held.
 */
import type { MutexField, RefcountField } from '../language/struct.js';
import type { Place } from '../language/values.js';
import type { Cond } from './graph.js';
import { WithSimpleCalls } from './simple-calls.js';

export class DecAndLock extends WithSimpleCalls {
  refcount_dec_and_mutex_lock(count: Place<RefcountField>, lock: Place<MutexField>): Cond {
    const { body } = this;
    const decremented = body.branch('refcount_dec_not_one', this.place(count));
    body.use(decremented);
    body.continueFrom(decremented.fails);
    this.mutex_lock(lock);
    const last = body.branch('refcount_dec_and_test', this.place(count));
    body.use(last);
    body.continueFrom(last.fails);
    this.mutex_unlock(lock);
    return body.condition(last.holds, [...decremented.holds, ...body.takeExits()]);
  }
}
