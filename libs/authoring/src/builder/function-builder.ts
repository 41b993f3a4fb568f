/**
 * What a function's body is written with: kernel calls under the kernel's names. Those that block or test are one step
 * each unless said otherwise (semantics section 3); those that return a condition hold when the kernel's call is true.
 * Most calls are derived from the operations' definitions (simple-calls.ts); here are those that need more.
 */
import type { Idr } from '../language/globals.js';
import type { AnyStruct, CompletionField, RefcountField, RwsemField } from '../language/struct.js';
import { localOf, type Int, type IntValue, type Place, type Ref } from '../language/values.js';
import type { Cond } from './graph.js';
import { DecAndLock } from './dec-and-lock.js';

export class FunctionBuilder extends DecAndLock {
  refcount_read(count: Place<RefcountField>): Int {
    return this.load(count);
  }

  /** How many entries an idr has in the case: a number of the building, not of the run. */
  entries(idr: Idr): number {
    return this.body.program.size(idr);
  }

  /** Holds if the index was free. */
  idr_alloc<S extends AnyStruct>(idr: Idr<S>, index: IntValue, object: Ref<S>): Cond {
    const table = this.body.program.table(idr);
    return this.body.branch('idr_alloc', [table, ...this.int(index), localOf(object)]);
  }

  /** The pointer at the index, or NULL. */
  idr_find<S extends AnyStruct>(idr: Idr<S>, index: IntValue): Ref<S> {
    const local = this.body.local(idr.struct.tag, idr.struct);
    this.body.emit('idr_find', [local, this.body.program.table(idr), ...this.int(index)]);
    return this.ref(local, idr.struct);
  }

  /** A lookup that takes a reference under the table's lock, as one step: NULL if there is none to take. */
  idr_find_get<S extends AnyStruct>(idr: Idr<S>, index: IntValue, count: string): Ref<S> {
    const { program } = this.body;
    const field = program.fields(idr.struct).findIndex(([name]) => name === count);
    if (field < 0) throw this.body.error(`${idr.struct.tag} has no field '${count}'`);
    const local = this.body.local(idr.struct.tag, idr.struct);
    this.body.emit('idr_find_get', [local, program.table(idr), ...this.int(index), field]);
    return this.ref(local, idr.struct);
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
