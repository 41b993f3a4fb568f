/**
 * What a function's body is written with: kernel calls under the kernel's names. Those that block or test are one step
 * each unless said otherwise (semantics section 3); those that return a condition hold when the kernel's call is true.
 * Most calls are derived from the operations' definitions (simple-calls.ts); here are those that need more.
 */
import type { AnyStruct, RefcountField } from '../language/struct.js';
import type { Int, Place, Ref } from '../language/values.js';
import { Tables } from './tables.js';

export class FunctionBuilder extends Tables {
  refcount_read(count: Place<RefcountField>): Int {
    return this.load(count);
  }

  alloc_workqueue<S extends AnyStruct>(queue: S, faultName?: string): Ref<S> {
    return this.kzalloc(queue, faultName);
  }

  /** The end of a work function; authors do not call it. */
  workDone(): void {
    this.body.emit('work_done', []);
  }
}
