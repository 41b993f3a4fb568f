/**
 * What a function's body is written with: kernel calls under the kernel's names. Those that block or test are one step
 * each unless said otherwise (semantics section 3); those that return a condition hold when the kernel's call is true.
 */
import type { Idr, KernelModule, SysfsDirectory } from '../language/globals.js';
import type {
  AnyStruct,
  CompletionField,
  IntField,
  KernfsField,
  MutexField,
  RefcountField,
  RwsemField,
  SpinlockField,
  WorkField,
} from '../language/struct.js';
import { Int, localOf, type IntValue, type Place, type Ref } from '../language/values.js';
import type { Cond } from './graph.js';
import { Lists } from './lists.js';

export class FunctionBuilder extends Lists {
  mutex_lock(lock: Place<MutexField>): void {
    this.body.emit('mutex_lock', this.place(lock));
  }

  mutex_trylock(lock: Place<MutexField>): Cond {
    return this.body.branch('mutex_trylock', this.place(lock));
  }

  mutex_unlock(lock: Place<MutexField>): void {
    this.body.emit('mutex_unlock', this.place(lock));
  }

  down_read(lock: Place<RwsemField>): void {
    this.body.emit('down_read', this.place(lock));
  }

  up_read(lock: Place<RwsemField>): void {
    this.body.emit('up_read', this.place(lock));
  }

  /** Two steps: arrive, which blocks new readers, and pass. */
  down_write(lock: Place<RwsemField>): void {
    this.body.emit('down_write', this.place(lock));
    this.body.emit('down_write_wait', this.place(lock));
  }

  up_write(lock: Place<RwsemField>): void {
    this.body.emit('up_write', this.place(lock));
  }

  spin_lock(lock: Place<SpinlockField>): void {
    this.body.emit('spin_lock', this.place(lock));
  }

  spin_unlock(lock: Place<SpinlockField>): void {
    this.body.emit('spin_unlock', this.place(lock));
  }

  refcount_set(count: Place<RefcountField>, value: number): void {
    this.body.emit('refcount_set', [...this.place(count), 0, value]);
  }

  refcount_read(count: Place<RefcountField>): Int {
    return this.load(count);
  }

  refcount_inc(count: Place<RefcountField>): void {
    this.body.emit('refcount_inc', this.place(count));
  }

  refcount_inc_not_zero(count: Place<RefcountField>): Cond {
    return this.body.branch('refcount_inc_not_zero', this.place(count));
  }

  refcount_dec_and_test(count: Place<RefcountField>): Cond {
    return this.body.branch('refcount_dec_and_test', this.place(count));
  }

  /** Up to four steps, as in lib/refcount.c; where it holds, the mutex is held. */
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

  idr_remove(idr: Idr, index: IntValue): void {
    this.body.emit('idr_remove', [this.body.program.table(idr), ...this.int(index)]);
  }

  /** Forgets all entries; the objects stay. */
  idr_destroy(idr: Idr): void {
    this.body.emit('idr_destroy', [this.body.program.table(idr)]);
  }

  complete(done: Place<CompletionField>): void {
    this.body.emit('complete', this.place(done));
  }

  wait_for_completion(done: Place<CompletionField>): void {
    this.body.emit('wait_for_completion', this.place(done));
  }

  /** Holds if completed; else the time is up, which happens only when nothing else can run. */
  wait_for_completion_timeout(done: Place<CompletionField>): Cond {
    return this.body.branch('wait_for_completion_timeout', this.place(done));
  }

  alloc_workqueue<S extends AnyStruct>(queue: S, faultName?: string): Ref<S> {
    return this.kzalloc(queue, faultName);
  }

  /** Does nothing if the item is pending already. */
  queue_work(queue: Ref, item: Place<WorkField>): void {
    this.body.program.queue(item);
    this.body.emit('queue_work', [localOf(queue), ...this.place(item)]);
  }

  /** Two steps: arrive, and pass when the items present at arrival have ended. */
  flush_workqueue(queue: Ref): void {
    const ahead = this.body.local('ahead', null, RANGE_OF_RESULT);
    this.body.emit('flush_workqueue', [ahead, localOf(queue)]);
    this.body.emit('flush_workqueue_wait', [localOf(queue), 1, ahead]);
  }

  /** Two steps: arrive, and pass when the queue is empty; then it is freed. */
  destroy_workqueue(queue: Ref): void {
    this.body.emit('destroy_workqueue', [localOf(queue)]);
    this.body.emit('destroy_workqueue_wait', [localOf(queue)]);
  }

  try_module_get(module: KernelModule): Cond {
    return this.body.branch('try_module_get', [this.body.program.module(module)]);
  }

  module_put(module: KernelModule): void {
    this.body.emit('module_put', [this.body.program.module(module)]);
  }

  /** delete_module(2) up to the exit function; holds unless the module is in use. */
  module_begin_exit(module: KernelModule): Cond {
    return this.body.branch('module_begin_exit', [this.body.program.module(module)]);
  }

  /** Unmaps the module's text. */
  module_free(module: KernelModule): void {
    this.body.emit('module_free', [this.body.program.module(module)]);
  }

  sysfs_create(directory: SysfsDirectory, index: IntValue): void {
    this.body.emit('sysfs_create', [this.body.program.registry(directory), ...this.int(index)]);
  }

  sysfs_remove(directory: SysfsDirectory, index: IntValue): void {
    this.body.emit('sysfs_remove', [this.body.program.registry(directory), ...this.int(index)]);
  }

  /** The file appears. */
  kernfs_create(node: Place<KernfsField>): void {
    this.body.emit('kernfs_create', this.place(node));
  }

  /** Holds unless the file is being removed. */
  kernfs_get_active(node: Place<KernfsField>): Cond {
    return this.body.branch('kernfs_get_active', this.place(node));
  }

  kernfs_put_active(node: Place<KernfsField>): void {
    this.body.emit('kernfs_put_active', this.place(node));
  }

  /** Two steps: no more references, and pass when none is held. */
  kernfs_remove(node: Place<KernfsField>): void {
    this.body.emit('kernfs_deactivate', this.place(node));
    this.body.emit('kernfs_drain', this.place(node));
  }

  /** Fails the run if the value is zero. */
  invariant(name: string, value: IntValue): void {
    this.body.emit('invariant', [this.body.program.check(name), ...this.int(value)]);
  }

  /** Fails the run: a pool is destroyed with pages in use. */
  busy_pool(pool: string): void {
    this.body.emit('busy_pool', [this.body.program.check(pool)]);
  }

  /** Waits for the outside world: passes when the flag is set, and may wait for ever. */
  wait_external(flag: Place<IntField>): void {
    this.body.emit('wait_external', this.place(flag));
  }

  /** The end of a work function; authors do not call it. */
  workDone(): void {
    this.body.emit('work_done', []);
  }
}

/** A local whose range the compiler finds: it shares its slot with none of another range. */
const RANGE_OF_RESULT = 0;
