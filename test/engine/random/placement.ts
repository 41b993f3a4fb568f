/**
 * How each operation gets into a generated program. An operation that is not listed does not type-check, and one that is
 * listed but never comes up fails a test, so none is forgotten. A simple operation needs one line: `call()`.
 */
import type { OpName } from '@lastref/kernel';

export type Placement =
  /** The compiler writes it around what is generated. */
  | { readonly by: 'compiler' }
  /** The second step of a call that is one operation more. */
  | { readonly by: 'step'; readonly of: OpName }
  /** One of the idioms writes it: by itself it would end the path. */
  | { readonly by: 'idiom' }
  | Call;

export interface Call {
  readonly by: 'call';
  /** The builder's call, if it is not named as the operation. */
  readonly name?: string;
  /** Gives back what this one takes, by the same operands; most calls stand around statements and end by it. */
  readonly closedBy?: OpName;
  /** The call is handed the local that it sets, instead of returning one. */
  readonly setsArgument?: true;
}

const call = (options: Omit<Call, 'by'> = {}): Call => ({ by: 'call', ...options });
const opens = (closedBy: OpName): Call => call({ closedBy });
const COMPILER = { by: 'compiler' } as const;
const IDIOM = { by: 'idiom' } as const;

export const PLACEMENT: Readonly<Record<OpName, Placement>> = {
  end: COMPILER,
  set: COMPILER,
  zero: COMPILER,
  test: COMPILER,
  work_done: COMPILER,
  stay: IDIOM,
  add: IDIOM,
  sub: IDIOM,
  check: IDIOM,
  load: call(),
  store: call(),
  test_bit: call(),
  test_and_set_bit: call(),
  test_and_clear_bit: call(),
  kzalloc: call(),
  kfree: call(),
  mutex_lock: opens('mutex_unlock'),
  mutex_trylock: opens('mutex_unlock'),
  mutex_unlock: call(),
  down_read: opens('up_read'),
  up_read: call(),
  down_write: opens('up_write'),
  down_write_wait: { by: 'step', of: 'down_write' },
  up_write: call(),
  refcount_set: call(),
  refcount_inc: call(),
  refcount_inc_not_zero: call(),
  refcount_dec_not_one: IDIOM,
  refcount_dec_and_test: call(),
  idr_alloc: call(),
  idr_find: call(),
  idr_find_get: call(),
  idr_remove: call(),
  idr_destroy: call(),
  complete: call(),
  wait_for_completion: call(),
  queue_work: call(),
  flush_workqueue: call(),
  flush_workqueue_wait: { by: 'step', of: 'flush_workqueue' },
  destroy_workqueue: call(),
  destroy_workqueue_wait: { by: 'step', of: 'destroy_workqueue' },
  try_module_get: opens('module_put'),
  module_put: call(),
  module_begin_exit: call(),
  module_free: IDIOM,
  sysfs_create: opens('sysfs_remove'),
  sysfs_remove: call(),
  wait_external: call({ name: 'wait_for_outside_world' }),
  wait_for_completion_timeout: call(),
  spin_lock: opens('spin_unlock'),
  spin_unlock: call(),
  kernfs_create: call(),
  kernfs_get_active: opens('kernfs_put_active'),
  kernfs_put_active: call(),
  kernfs_deactivate: call({ name: 'kernfs_remove' }),
  kernfs_drain: { by: 'step', of: 'kernfs_deactivate' },
  init_list_head: call({ name: 'INIT_LIST_HEAD' }),
  list_add: call(),
  list_add_tail: call(),
  list_del: call(),
  list_del_init: call(),
  list_empty: call(),
  list_next_entry: call({ setsArgument: true }),
  list_prev_entry: call({ setsArgument: true }),
  atomic_read: call(),
  atomic_set: call(),
  atomic_inc: call(),
  atomic_dec: call(),
  atomic_add: call(),
  atomic_sub: call(),
  atomic_inc_and_test: call(),
  atomic_dec_and_test: call(),
  atomic_add_return: call(),
  atomic_fetch_add: call(),
  atomic_xchg: call(),
  atomic_cmpxchg: call(),
  atomic_add_unless: call(),
  invariant: call(),
  busy_pool: IDIOM,
};

const names = Object.keys(PLACEMENT) as OpName[];

/** Operations that a generated program calls. */
export const CALLED: readonly OpName[] = names.filter((name) => PLACEMENT[name].by === 'call');
/** Those that take something, and those that give it back: alone they are mistakes. */
export const OPENERS = CALLED.filter((name) => callOf(name).closedBy !== undefined);
export const CLOSERS = CALLED.filter((name) => OPENERS.some((op) => callOf(op).closedBy === name));

export function callOf(name: OpName): Call {
  const placement = PLACEMENT[name];
  if (placement.by !== 'call') throw new Error(`${name} is not called`);
  return placement;
}
