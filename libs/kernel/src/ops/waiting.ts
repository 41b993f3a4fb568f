/**
 * Who has to be asked again after an operation. Operations that block fall into classes by what they wait for, and an
 * operation that changes what blocks others says whose. What is not listed here waits and wakes in every class, as far
 * as its trait `wakes` says that it can block or wake at all: a new primitive is right without being listed, and faster
 * with it.
 */
import type { OpName } from './specs.js';

/** Classes of waits, as bits. */
const LOCK = 1;
const SEMAPHORE = 2;
const QUEUE = 4;
const FLAG = 8;
const ANY = 15;

/** Operations that change what blocks others but can always run themselves. */
export const NEVER_WAITS: ReadonlySet<OpName> = new Set<OpName>([
  'store',
  'test_and_set_bit',
  'test_and_clear_bit',
  'kfree',
  'mutex_trylock',
  'mutex_unlock',
  'up_read',
  'down_write',
  'up_write',
  'complete',
  'queue_work',
  'flush_workqueue',
  'destroy_workqueue',
  'work_done',
]);

const WAITS_FOR: ReadonlyMap<OpName, number> = new Map<OpName, number>([
  ['mutex_lock', LOCK],
  ['spin_lock', LOCK],
  ['down_read', SEMAPHORE],
  ['down_write_wait', SEMAPHORE],
  ['end', QUEUE],
  ['flush_workqueue_wait', QUEUE],
  ['destroy_workqueue_wait', QUEUE],
  ['wait_for_completion', FLAG],
  ['wait_external', FLAG],
]);

const WAKES: ReadonlyMap<OpName, number> = new Map<OpName, number>([
  ['mutex_lock', LOCK],
  ['mutex_trylock', LOCK],
  ['mutex_unlock', LOCK],
  ['spin_lock', LOCK],
  ['spin_unlock', LOCK],
  ['down_read', SEMAPHORE],
  ['up_read', SEMAPHORE],
  ['down_write', SEMAPHORE],
  ['down_write_wait', SEMAPHORE],
  ['up_write', SEMAPHORE],
  ['queue_work', QUEUE],
  ['flush_workqueue', QUEUE],
  ['flush_workqueue_wait', QUEUE],
  ['destroy_workqueue', QUEUE],
  ['work_done', QUEUE],
  ['end', QUEUE],
  ['store', FLAG],
  ['test_and_set_bit', FLAG],
  ['test_and_clear_bit', FLAG],
  ['complete', FLAG],
  ['wait_for_completion', FLAG],
]);

/** Classes in which the operation waits. */
export const waitsFor = (op: OpName): number => WAITS_FOR.get(op) ?? ANY;

/** Classes of waits that the operation can end or begin for others. */
export const wakesFor = (op: OpName): number => WAKES.get(op) ?? ANY;
