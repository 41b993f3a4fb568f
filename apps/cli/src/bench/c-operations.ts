/**
 * The operations of a program as C statements, by the file that has them. What they do is written anew from the primitives'
 * definitions, not shared with the engine, so that agreeing with it means something. Each text ends in a jump; `fail(X)` ends
 * the run; QUEUE, LEAVE, HOLD, WAKE and their like keep who can run, and mean nothing where states are counted.
 */
import { assertNever } from '@lastref/kernel';
import * as counts from './c-counts.js';
import * as fields from './c-fields.js';
import * as lists from './c-lists.js';
import * as locks from './c-locks.js';
import { kfree, kzalloc } from './c-memory.js';
import * as queues from './c-queues.js';
import type { Site } from './c-site.js';
import * as tables from './c-tables.js';

/** The statements of a step or a local operation. */
export function statements(site: Site): string {
  const { op } = site;
  switch (op) {
    case 'end':
    case 'stay':
      return '';
    case 'set':
      return fields.set(site);
    case 'zero':
      return fields.zero(site);
    case 'test':
      return fields.test(site);
    case 'load':
      return fields.load(site);
    case 'store':
    case 'refcount_set':
      return fields.store(site);
    case 'test_bit':
      return fields.testBit(site);
    case 'test_and_set_bit':
      return fields.exchange(site, '1');
    case 'test_and_clear_bit':
      return fields.exchange(site, '0');
    case 'kzalloc':
      return kzalloc(site);
    case 'kfree':
      return kfree(site);
    case 'mutex_lock':
    case 'spin_lock':
      return locks.lock(site);
    case 'mutex_trylock':
      return locks.tryLock(site);
    case 'mutex_unlock':
    case 'spin_unlock':
      return locks.unlock(site);
    case 'down_read':
      return locks.downRead(site);
    case 'up_read':
      return locks.upRead(site);
    case 'down_write':
      return locks.downWrite(site);
    case 'down_write_wait':
      return locks.downWriteWait(site);
    case 'up_write':
      return locks.upWrite(site);
    case 'refcount_inc':
      return counts.refcountInc(site);
    case 'refcount_inc_not_zero':
      return counts.refcountIncNotZero(site);
    case 'refcount_dec_not_one':
      return counts.refcountDecNotOne(site);
    case 'refcount_dec_and_test':
      return counts.refcountDecAndTest(site);
    case 'idr_alloc':
      return tables.idrAlloc(site);
    case 'idr_find':
      return tables.idrFind(site);
    case 'idr_find_get':
      return tables.idrFindGet(site);
    case 'idr_remove':
      return tables.idrRemove(site);
    case 'idr_destroy':
      return tables.idrDestroy(site);
    case 'complete':
      return locks.complete(site);
    case 'wait_for_completion':
      return locks.completed(site, false);
    case 'wait_for_completion_timeout':
      return locks.completed(site, true);
    case 'wait_external':
    case 'kernfs_drain':
      return locks.passed(site);
    case 'queue_work':
      return queues.queueWork(site);
    case 'flush_workqueue':
      return queues.flushWorkqueue(site);
    case 'flush_workqueue_wait':
      return site.go();
    case 'destroy_workqueue':
      return queues.destroyWorkqueue(site);
    case 'destroy_workqueue_wait':
      return queues.destroyWorkqueueWait(site);
    case 'work_done':
      return queues.workDone(site);
    case 'try_module_get':
      return counts.tryModuleGet(site);
    case 'module_put':
      return counts.modulePut(site);
    case 'module_begin_exit':
      return counts.moduleBeginExit(site);
    case 'module_free':
      return counts.moduleFree(site);
    case 'sysfs_create':
      return tables.sysfsCreate(site);
    case 'sysfs_remove':
      return tables.sysfsRemove(site);
    case 'kernfs_create':
      return locks.setLive(site, 1);
    case 'kernfs_deactivate':
      return locks.setLive(site, 0);
    case 'kernfs_get_active':
      return locks.getActive(site);
    case 'kernfs_put_active':
      return locks.putActive(site);
    case 'init_list_head':
      return lists.initListHead(site);
    case 'list_add':
      return lists.listAdd(site, 'first');
    case 'list_add_tail':
      return lists.listAdd(site, 'last');
    case 'list_del':
      return lists.listDel(site, 'poison');
    case 'list_del_init':
      return lists.listDel(site, 'init');
    case 'list_empty':
      return lists.listEmpty(site);
    case 'list_next_entry':
      return lists.listWalk(site, 0);
    case 'list_prev_entry':
      return lists.listWalk(site, 1);
    case 'invariant':
      return `if (!${site.value(1)}) fail(INVARIANT); ${site.go()}`;
    case 'busy_pool':
      return 'fail(POOL);';
    default:
      return assertNever(op);
  }
}
