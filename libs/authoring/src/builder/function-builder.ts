/**
 * What a function's body is written with: kernel calls under the kernel's names. Those that block or test are one step
 * each unless said otherwise (semantics section 3); those that return a condition hold when the kernel's call is true.
 * Most calls are derived from the operations' definitions (simple-calls.ts); here are those that need more.
 */
import type { AnyStruct, RefcountField } from '../language/struct.js';
import { localOf, type Int, type Place, type Ref } from '../language/values.js';
import { Tables } from './tables.js';

export class FunctionBuilder extends Tables {
  refcount_read(count: Place<RefcountField>): Int {
    return this.load(count);
  }

  alloc_workqueue<S extends AnyStruct>(queue: S, faultName?: string): Ref<S> {
    return this.kzalloc(queue, faultName);
  }

  /** Two steps: arrive, and pass when the items present at arrival have ended. */
  flush_workqueue(queue: Ref): void {
    const ahead = this.body.local('ahead', null, RANGE_OF_RESULT);
    this.body.emit('flush_workqueue', [ahead, localOf(queue)]);
    this.body.emit('flush_workqueue_wait', [localOf(queue), 1, ahead]);
  }

  /** The end of a work function; authors do not call it. */
  workDone(): void {
    this.body.emit('work_done', []);
  }
}

/** A local whose range the compiler finds: it shares its slot with none of another range. */
const RANGE_OF_RESULT = 0;
