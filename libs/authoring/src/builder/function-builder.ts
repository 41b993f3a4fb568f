/**
 * What a function's body is written with: kernel calls under the kernel's names. Those that block or test are one step
 * each unless said otherwise (semantics section 3); those that return a condition hold when the kernel's call is true.
 * Most calls are derived from the operations' definitions (simple-calls.ts); here are those that need more.
 */
import type { AnyStruct, CompletionField, RefcountField, RwsemField } from '../language/struct.js';
import type { Int, Place, Ref } from '../language/values.js';
import type { Cond } from './graph.js';
import { Threads } from './threads.js';

export class FunctionBuilder extends Threads {
  refcount_read(count: Place<RefcountField>): Int {
    return this.body.program.spec.detect === undefined ? this.load(count) : this.READ_ONCE(count);
  }

  alloc_workqueue<S extends AnyStruct>(queue: S, faultName?: string): Ref<S> {
    return this.kzalloc(queue, faultName);
  }

  /** Everybody may pass, now or later. */
  complete_all(done: Place<CompletionField>): void {
    this.body.program.saturate(done);
    this.body.emit('complete_all', this.place(done));
  }

  /** Others run meanwhile: switching away is no preemption. */
  msleep(): void {
    this.body.yieldPoint();
    this.body.emit('msleep', []);
  }

  /** Lets others run: switching away is no preemption. */
  cond_resched(): void {
    this.body.yieldPoint();
    this.body.emit('cond_resched', []);
  }

  /** Two steps: arrive, and pass when nobody holds it or a fatal signal is pending. Holds if it was taken. */
  down_write_killable(lock: Place<RwsemField>): Cond {
    this.body.emit('down_write_killable', this.place(lock));
    return this.body.branch('down_write_killable_wait', this.place(lock));
  }

  /** The end of a work function; authors do not call it. */
  workDone(): void {
    this.body.emit('work_done', []);
  }
}
