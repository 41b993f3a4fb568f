/**
 * Kernel objects as classes: each field declares what it is. Counts are pool sizes, the most objects of the type that
 * may be alive or still pointed to at once; a case may set others. Fields are read through a Ref, never directly.
 */
import type { FieldKindName } from '@lastref/kernel';

export interface FieldOf<Kind extends string, Target = never> {
  readonly kind: Kind;
  readonly min?: number;
  readonly max?: number;
  readonly init?: number;
  readonly saturates?: true;
  readonly target?: () => Target;
  /** An index into this idr: its range follows from the idr's size in the case. */
  readonly into?: () => Entries;
}

/** What has entries by number. */
export interface Entries {
  readonly name: string;
  readonly entries: number;
}

export type IntField = FieldOf<'int'>;
export type MutexField = FieldOf<'mutex'>;
export type RwsemField = FieldOf<'rwsem'>;
export type RefcountField = FieldOf<'refcount'>;
export type CompletionField = FieldOf<'completion'>;
export type WorkField = FieldOf<'work'>;
export type DelayedWorkField = FieldOf<'delayed_work'>;
export type TimerField = FieldOf<'timer'>;
export type HrtimerField = FieldOf<'hrtimer'>;
export type IrqField = FieldOf<'irq'>;
export type ThreadedIrqField = FieldOf<'threaded_irq'>;
export type TaskletField = FieldOf<'tasklet'>;
export type SpinlockField = FieldOf<'spinlock'>;
export type KernfsField = FieldOf<'kernfs'>;
export type ListField = FieldOf<'list'>;
export type KthreadField = FieldOf<'kthread'>;
export type PthreadField = FieldOf<'pthread'>;
export type PthreadCondField = FieldOf<'pthread_cond'>;
export type HlistHeadField = FieldOf<'hlist_head'>;
export type HlistNodeField = FieldOf<'hlist_node'>;
export type PtrField<S> = FieldOf<'ptr', S>;
export type SrcuField = FieldOf<'srcu'>;
export type AtomicField = FieldOf<'atomic'>;
export type WaitqueueField = FieldOf<'waitqueue'>;
export type DevresField = FieldOf<'devres'>;
/** A field of any kind that some primitive of the kernel brings. */
export type AnyField = {
  [K in FieldKindName]: K extends 'ptr' ? PtrField<AnyStruct> : FieldOf<K>;
}[FieldKindName];

/** A field by the name of its kind, for kinds that need no more: field('mutex'). */
export const field = <K extends Exclude<FieldKindName, 'ptr'>>(kind: K): FieldOf<K> => ({ kind });

/** An unsigned integer up to `max`. */
export const int = (max: number, init = 0): IntField => ({ kind: 'int', max, init });
/** An integer from `min`, which is not above 0, to `max`. */
export const signed = (min: number, max: number, init = 0): IntField => ({
  kind: 'int',
  min,
  max,
  init,
});
/** An index into an idr, as large as the idr is in the case. */
export const indexIn = (idr: () => Entries): IntField => ({ kind: 'int', into: idr });
/** atomic_t: an integer from `min`, which is not above 0, to `max`. */
export const atomic = (max: number, min = 0, init = 0): AtomicField => ({
  kind: 'atomic',
  min,
  max,
  init,
});
/** One bit. */
export const flag = (init: 0 | 1 = 0): IntField => ({ kind: 'int', max: 1, init });
export const mutex = (): MutexField => ({ kind: 'mutex' });
/** struct rw_semaphore. */
export const rwsem = (): RwsemField => ({ kind: 'rwsem' });
/** spinlock_t: who holds it must not sleep. */
export const spinlock = (): SpinlockField => ({ kind: 'spinlock' });
/** The active references of a sysfs file; the file exists from kernfs_create on. */
export const kernfs = (): KernfsField => ({ kind: 'kernfs' });
/** struct list_head, of a list or of an entry; zeroed until INIT_LIST_HEAD or list_add. */
export const list = (): ListField => ({ kind: 'list' });
/** struct hlist_head; zeroed, it is empty. */
export const hlist_head = (): HlistHeadField => ({ kind: 'hlist_head' });
/** struct hlist_node; zeroed, it is in no list. */
export const hlist_node = (): HlistNodeField => ({ kind: 'hlist_node' });
/** A kernel thread, as its struct task_struct. */
export const kthread = (): KthreadField => ({ kind: 'kthread' });
/** pthread_t. */
export const pthread = (): PthreadField => ({ kind: 'pthread' });
/** pthread_cond_t. */
export const pthread_cond = (): PthreadCondField => ({ kind: 'pthread_cond' });
/** refcount_t counting up to `max`; more is an error of the model, not of the code under test. */
export const refcount = (max: number): RefcountField => ({ kind: 'refcount', max });
/** refcount_t whose `max` stands for REFCOUNT_MAX: who takes one more saturates it, which is the code's mistake. */
export const saturating = (max: number): RefcountField => ({
  kind: 'refcount',
  max,
  saturates: true,
});
export const completion = (max = 1): CompletionField => ({ kind: 'completion', max });
/** wait_queue_head_t. */
export const waitqueue = (): FieldOf<'waitqueue'> => ({ kind: 'waitqueue' });
/** struct srcu_struct: usable from init_srcu_struct to cleanup_srcu_struct. */
export const srcu = (): SrcuField => ({ kind: 'srcu' });
/** The managed resources of a device, by numbers up to `max`; the library's devm_add_action gives them out. */
export const devres = (max: number): DevresField => ({ kind: 'devres', max });
/** A pointer; the arrow lets two structs point at each other. */
export const ptr = <S extends AnyStruct>(target: () => S): PtrField<S> => ({ kind: 'ptr', target });
/** struct work_struct; the scenario's `works` bind it to its function, as INIT_WORK does. */
export const work = (): WorkField => ({ kind: 'work' });
/** struct delayed_work; bound to its function like work. */
export const delayed_work = (): DelayedWorkField => ({ kind: 'delayed_work' });
/** struct timer_list; the scenario's `works` say what timer_setup binds it to. Its function must not sleep. */
export const timer = (): TimerField => ({ kind: 'timer' });
/** struct hrtimer; the same of hrtimer_setup. */
export const hrtimer = (): HrtimerField => ({ kind: 'hrtimer' });
/**
 * An interrupt line, whose dev_id is the object it is in; the scenario's `works` bind it to its handler, which must not sleep.
 * @param interrupts so many come for each request_irq, at most
 */
export const irq = (interrupts = 1): IrqField => ({ kind: 'irq', max: interrupts });
/** The same with a handler in a thread, which may sleep (IRQF_ONESHOT). */
export const threaded_irq = (interrupts = 1): ThreadedIrqField => ({
  kind: 'threaded_irq',
  max: interrupts,
});
/** struct tasklet_struct; the scenario's `works` bind it to its function, as DECLARE_TASKLET does. */
export const tasklet = (): TaskletField => ({ kind: 'tasklet' });

/** Base of all object types. */
export abstract class Struct {
  static readonly tag: string = '';
  static readonly count: number = 1;
}

/** Base of workqueues: each object brings as many workers as it runs items at once, one unless said otherwise. */
export abstract class Workqueue extends Struct {
  static readonly max_active: number = 1;
}

export interface AnyStruct {
  new (): Struct;
  readonly tag: string;
  readonly count: number;
  /** Of a workqueue. */
  readonly max_active?: number;
}

export const isWorkqueue = (struct: AnyStruct): boolean => struct.prototype instanceof Workqueue;

/** The fields of a struct by name, in declaration order. */
export const fieldsOf = (struct: AnyStruct): [string, AnyField][] =>
  Object.entries(new struct()) as [string, AnyField][];
