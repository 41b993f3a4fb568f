/**
 * Numbers of the operations, dense so that the dispatch in ../machine/dispatch.ts becomes one jump table.
 * Local operations come first: they touch only the task itself and are fused into the step before.
 */
export const enum Op {
  end = 0,
  set,
  zero,
  test,
  /** First operation that is a step of its own. */
  stay,
  load,
  store,
  test_bit,
  test_and_set_bit,
  test_and_clear_bit,
  kzalloc,
  kfree,
  mutex_lock,
  mutex_trylock,
  mutex_unlock,
  refcount_set,
  refcount_inc,
  refcount_inc_not_zero,
  refcount_dec_not_one,
  refcount_dec_and_test,
  idr_alloc,
  idr_find,
  idr_find_get,
  idr_remove,
  complete,
  wait_for_completion,
  queue_work,
  flush_workqueue,
  flush_workqueue_wait,
  destroy_workqueue,
  destroy_workqueue_wait,
  work_done,
  try_module_get,
  module_put,
  module_begin_exit,
  module_free,
  sysfs_create,
  sysfs_remove,
  wait_external,
}

export const FIRST_STEP = Op.stay;
