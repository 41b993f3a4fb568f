/**
 * The operations of format 1: operands, and what the compiler and the validator must know of each.
 * Operands lie flat in `args`: a place takes two numbers [local that holds the pointer or -1 for statics, field],
 * a value or index two, [0, constant] or [1, local], everything else one.
 */
import { Op } from './opcode.js';
import type { FieldKind } from '../program/program.js';

export type Operand =
  | {
      readonly is:
        | 'dst'
        | 'value'
        | 'comparison'
        | 'type'
        | 'table'
        | 'module'
        | 'registry'
        | 'count'
        | 'member'
        | 'check';
    }
  | { readonly is: 'place'; readonly of: readonly FieldKind[] }
  | { readonly is: 'pointer'; readonly to: 'struct' | 'workqueue' }
  | { readonly is: 'index' };

export interface OpSpec {
  readonly code: Op;
  readonly operands: readonly Operand[];
  /** Touches only the task itself: fused into the step before. */
  readonly local?: true;
  /** Has two exits: `next` when it succeeds, `alt` when not. */
  readonly branches?: true;
  /** May fail by an injected fault, then leaves by `next` with a NULL result. */
  readonly faults?: true;
  /** Can block, or changes what blocks others. */
  readonly wakes?: true;
  /** May sleep: sleep-in-atomic while a spinlock is held. */
  readonly sleeps?: true;
  /** Changes nothing that another task can see. */
  readonly reads?: true;
  /** Ends the life of the object its pointer names. */
  readonly frees?: true;
  /** Concerns the queue that the worker serves. */
  readonly ofQueue?: true;
}

const dst: Operand = { is: 'dst' };
const value: Operand = { is: 'value' };
const index: Operand = { is: 'index' };
const table: Operand = { is: 'table' };
const kernelModule: Operand = { is: 'module' };
const registry: Operand = { is: 'registry' };
const member: Operand = { is: 'member' };
const check: Operand = { is: 'check' };
const struct: Operand = { is: 'pointer', to: 'struct' };
const queue: Operand = { is: 'pointer', to: 'workqueue' };
const place = (...of: FieldKind[]): Operand => ({ is: 'place', of });

const spec = (code: Op, operands: readonly Operand[], traits: Partial<OpSpec> = {}): OpSpec => ({
  ...traits,
  code,
  operands,
});
const LOCAL = { local: true } as const;
const BRANCHES = { branches: true } as const;
const WAKES = { wakes: true } as const;
const SLEEPS = { wakes: true, sleeps: true } as const;
const READS = { reads: true } as const;
const FREES = { frees: true } as const;
const OF_QUEUE = { ofQueue: true } as const;

export const SPECS = {
  end: spec(Op.end, [], { ...LOCAL, ...WAKES, ...OF_QUEUE }),
  set: spec(Op.set, [dst, value], LOCAL),
  zero: spec(Op.zero, [dst], LOCAL),
  test: spec(Op.test, [value, { is: 'comparison' }, value], { ...LOCAL, ...BRANCHES }),
  stay: spec(Op.stay, []),
  load: spec(Op.load, [dst, place('int', 'ptr', 'refcount')], READS),
  store: spec(Op.store, [place('int', 'ptr'), value], WAKES),
  test_bit: spec(Op.test_bit, [place('int')], { ...BRANCHES, ...READS }),
  test_and_set_bit: spec(Op.test_and_set_bit, [place('int')], { ...BRANCHES, ...WAKES }),
  test_and_clear_bit: spec(Op.test_and_clear_bit, [place('int')], { ...BRANCHES, ...WAKES }),
  kzalloc: spec(Op.kzalloc, [dst, { is: 'type' }], { faults: true }),
  kfree: spec(Op.kfree, [struct], { ...WAKES, ...FREES }),
  mutex_lock: spec(Op.mutex_lock, [place('mutex')], SLEEPS),
  mutex_trylock: spec(Op.mutex_trylock, [place('mutex')], { ...BRANCHES, ...WAKES }),
  mutex_unlock: spec(Op.mutex_unlock, [place('mutex')], WAKES),
  down_read: spec(Op.down_read, [place('rwsem')], SLEEPS),
  up_read: spec(Op.up_read, [place('rwsem')], WAKES),
  down_write: spec(Op.down_write, [place('rwsem')], SLEEPS),
  down_write_wait: spec(Op.down_write_wait, [place('rwsem')], WAKES),
  up_write: spec(Op.up_write, [place('rwsem')], WAKES),
  refcount_set: spec(Op.refcount_set, [place('refcount'), value]),
  refcount_inc: spec(Op.refcount_inc, [place('refcount')]),
  refcount_inc_not_zero: spec(Op.refcount_inc_not_zero, [place('refcount')], BRANCHES),
  refcount_dec_not_one: spec(Op.refcount_dec_not_one, [place('refcount')], BRANCHES),
  refcount_dec_and_test: spec(Op.refcount_dec_and_test, [place('refcount')], BRANCHES),
  idr_alloc: spec(Op.idr_alloc, [table, index, struct], BRANCHES),
  idr_find: spec(Op.idr_find, [dst, table, index], READS),
  idr_find_get: spec(Op.idr_find_get, [dst, table, index, { is: 'count' }]),
  idr_remove: spec(Op.idr_remove, [table, index]),
  idr_destroy: spec(Op.idr_destroy, [table]),
  complete: spec(Op.complete, [place('completion')], WAKES),
  wait_for_completion: spec(Op.wait_for_completion, [place('completion')], SLEEPS),
  queue_work: spec(Op.queue_work, [queue, place('work')], WAKES),
  flush_workqueue: spec(Op.flush_workqueue, [dst, queue], { ...SLEEPS, ...READS }),
  flush_workqueue_wait: spec(Op.flush_workqueue_wait, [queue, value], { ...WAKES, ...READS }),
  destroy_workqueue: spec(Op.destroy_workqueue, [queue], SLEEPS),
  destroy_workqueue_wait: spec(Op.destroy_workqueue_wait, [queue], { ...WAKES, ...FREES }),
  work_done: spec(Op.work_done, [], { ...WAKES, ...OF_QUEUE }),
  try_module_get: spec(Op.try_module_get, [kernelModule], BRANCHES),
  module_put: spec(Op.module_put, [kernelModule]),
  module_begin_exit: spec(Op.module_begin_exit, [kernelModule], BRANCHES),
  module_free: spec(Op.module_free, [kernelModule]),
  sysfs_create: spec(Op.sysfs_create, [registry, index]),
  sysfs_remove: spec(Op.sysfs_remove, [registry, index]),
  wait_external: spec(Op.wait_external, [place('int')], { ...SLEEPS, ...READS }),
  wait_for_completion_timeout: spec(Op.wait_for_completion_timeout, [place('completion')], {
    ...BRANCHES,
    ...SLEEPS,
  }),
  spin_lock: spec(Op.spin_lock, [place('spinlock')], WAKES),
  spin_unlock: spec(Op.spin_unlock, [place('spinlock')], WAKES),
  kernfs_create: spec(Op.kernfs_create, [place('kernfs')], WAKES),
  kernfs_get_active: spec(Op.kernfs_get_active, [place('kernfs')], { ...BRANCHES, ...WAKES }),
  kernfs_put_active: spec(Op.kernfs_put_active, [place('kernfs')], WAKES),
  kernfs_deactivate: spec(Op.kernfs_deactivate, [place('kernfs')], SLEEPS),
  kernfs_drain: spec(Op.kernfs_drain, [place('kernfs')], { ...WAKES, ...READS }),
  init_list_head: spec(Op.init_list_head, [place('list')]),
  list_add: spec(Op.list_add, [place('list'), place('list')]),
  list_add_tail: spec(Op.list_add_tail, [place('list'), place('list')]),
  list_del: spec(Op.list_del, [place('list')]),
  list_del_init: spec(Op.list_del_init, [place('list')]),
  list_empty: spec(Op.list_empty, [place('list')], { ...BRANCHES, ...READS }),
  list_next_entry: spec(Op.list_next_entry, [dst, place('list'), member], {
    ...BRANCHES,
    ...READS,
  }),
  list_prev_entry: spec(Op.list_prev_entry, [dst, place('list'), member], {
    ...BRANCHES,
    ...READS,
  }),
  invariant: spec(Op.invariant, [check, value]),
  busy_pool: spec(Op.busy_pool, [check]),
} as const satisfies Record<string, OpSpec>;

export type OpName = keyof typeof SPECS;

/** Lookup by a string from outside; undefined if there is no such operation. */
export const findSpec = (name: string): OpSpec | undefined =>
  Object.hasOwn(SPECS, name) ? SPECS[name as OpName] : undefined;

/** The operation's specification, with optional traits readable. */
export const specOf = (name: OpName): OpSpec => SPECS[name];

/** How many numbers an operand takes in `args`. */
export const widthOf = (operand: Operand): number =>
  operand.is === 'place' || operand.is === 'value' || operand.is === 'index' ? 2 : 1;

/** Comparisons of the local operation `test`, by number. */
export const COMPARISONS = ['==', '!=', '<', '<='] as const;
