/**
 * Operations that change what blocks others but can always run themselves. Whatever is not listed and has the trait
 * `wakes` is asked by dispatch's enabled() before it may run; so a new primitive is right without being listed here,
 * and faster with it.
 */
import type { OpName } from './specs.js';

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
  'spin_unlock',
  'kernfs_create',
  'kernfs_get_active',
  'kernfs_put_active',
  'kernfs_deactivate',
]);
