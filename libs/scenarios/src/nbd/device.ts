/** Life of an nbd_device: nbd_dev_add, the last nbd_put, and removal, at once or by a worker (drivers/block/nbd.c). */
import { fn, type FunctionBuilder, type Int, type Ref } from '@lastref/authoring';
import { add_disk, blk_cleanup_disk, del_gendisk, type Holding } from './gendisk.js';
import {
  Gendisk,
  NBD_C,
  nbd_del_wq,
  nbd_index_idr,
  nbd_index_mutex,
  NbdDevice,
  system_wq,
} from './objects.js';

type Nbd = Ref<typeof NbdDevice>;

/** Under nbd_index_mutex. An index of `any` takes the first free one. */
export const nbd_dev_add = fn.ptr(
  NbdDevice,
  'nbd_dev_add',
  NBD_C,
  (f, index: Int | number | 'any') => {
    const nbd = f.kzalloc(NbdDevice, 'nbd_dev_add');
    f.if(f.is_null(nbd), () => {
      f.return(null);
    });
    const taken = f.var('index', f.entries(nbd_index_idr) - 1, index === 'any' ? 0 : index);
    f.unless(f.idr_alloc(nbd_index_idr, taken, nbd), () => {
      if (index === 'any') {
        f.set(taken, 1);
        f.ignore(f.idr_alloc(nbd_index_idr, taken, nbd));
      }
    });
    f.store(nbd.index, taken);
    const disk = f.kzalloc(Gendisk);
    f.store(disk.index, taken);
    f.store(nbd.disk, disk);
    f.refcount_set(nbd.refs, 1);
    f.store(disk.private_data, nbd);
    f.call(add_disk, disk);
    f.return(nbd);
  },
);

const nbd_del_disk = fn('nbd_del_disk', NBD_C, (f, nbd: Nbd, holding: Holding) => {
  const disk = f.load(nbd.disk);
  f.call(del_gendisk, disk, holding);
  if (f.is('clears-private-data')) f.store(disk.private_data, null);
  f.call(blk_cleanup_disk, disk);
});

const nbd_notify_destroy_completion = fn('nbd_notify_destroy_completion', NBD_C, (f, nbd: Nbd) => {
  f.if(f.test_bit(nbd.destroy_on_disconnect), () => {
    const done = f.load(nbd.destroy_complete);
    f.if(done, () => {
      f.complete(done.done);
    });
  });
});

/** kworker/nbd-del: the fix deletes the disk with no lock held, then frees the index and tells who waits for it. */
export const nbd_dev_remove_work = fn('nbd_dev_remove_work', NBD_C, (f, nbd: Nbd) => {
  f.call(nbd_del_disk, nbd, 'nothing');
  if (f.is('complete-before-idr-remove')) f.call(nbd_notify_destroy_completion, nbd);
  f.mutex_lock(nbd_index_mutex);
  if (!f.is('idr-removed-early')) f.idr_remove(nbd_index_idr, f.load(nbd.index));
  if (!f.is('complete-before-idr-remove') && !f.is('complete-after-free'))
    f.call(nbd_notify_destroy_completion, nbd);
  f.mutex_unlock(nbd_index_mutex);
  f.kfree(nbd);
  if (f.is('complete-after-free')) f.call(nbd_notify_destroy_completion, nbd);
});

const queue_removal = (f: FunctionBuilder, nbd: Nbd): void => {
  if (f.is('removal-on-system-wq')) f.queue_work(f.load(system_wq), nbd.remove_work);
  else f.queue_work(f.load(nbd_del_wq), nbd.remove_work);
};

/** Called with nbd_index_mutex held, after the last reference went. */
const nbd_dev_remove = fn('nbd_dev_remove', NBD_C, (f, nbd: Nbd, holding: Holding) => {
  if (f.is('every-last-put-queues')) {
    queue_removal(f, nbd);
    return;
  }
  if (f.is('removal-in-worker'))
    f.if(f.test_bit(nbd.destroy_on_disconnect), () => {
      queue_removal(f, nbd);
      f.return();
    });
  f.call(nbd_del_disk, nbd, holding);
  if (f.is('removal-in-worker')) f.idr_remove(nbd_index_idr, f.load(nbd.index));
  f.call(nbd_notify_destroy_completion, nbd);
  f.kfree(nbd);
});

export const nbd_put = fn('nbd_put', NBD_C, (f, nbd: Nbd, holding: Holding) => {
  if (f.is('put-without-index-mutex')) {
    f.if(f.refcount_dec_and_test(nbd.refs), () => {
      f.call(nbd_dev_remove_unlocked, nbd, holding);
    });
    return;
  }
  f.if(f.refcount_dec_and_mutex_lock(nbd.refs, nbd_index_mutex), () => {
    if (!f.is('removal-in-worker') || f.is('idr-removed-early'))
      f.idr_remove(nbd_index_idr, f.load(nbd.index));
    f.call(nbd_dev_remove, nbd, holding);
    f.mutex_unlock(nbd_index_mutex);
  });
});

/** 5.15: no lock around the removal, nbd_index_mutex only around idr_remove. */
const nbd_dev_remove_unlocked = fn('nbd_dev_remove', NBD_C, (f, nbd: Nbd, holding: Holding) => {
  f.if(f.test_bit(nbd.destroy_on_disconnect), () => {
    queue_removal(f, nbd);
    f.return();
  });
  f.call(nbd_del_disk, nbd, holding);
  f.mutex_lock(nbd_index_mutex);
  f.idr_remove(nbd_index_idr, f.load(nbd.index));
  f.mutex_unlock(nbd_index_mutex);
  f.kfree(nbd);
});
