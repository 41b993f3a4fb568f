/** Life of an nbd_device: nbd_dev_add, the last nbd_put, and removal, at once or by a worker (drivers/block/nbd.c). */
import { fn, type Int, type Ref } from '@lastref/authoring';
import { add_disk, blk_cleanup_disk, del_gendisk } from './gendisk.js';
import {
  Gendisk,
  NBD_C,
  nbd_del_wq,
  nbd_index_idr,
  nbd_index_mutex,
  NbdDevice,
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
    const taken = f.var('index', 1, index === 'any' ? 0 : index);
    f.unless(f.idr_alloc(nbd_index_idr, taken, nbd), () => {
      if (index === 'any') {
        f.set(taken, 1);
        f.if(f.idr_alloc(nbd_index_idr, taken, nbd), () => undefined);
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

const nbd_del_disk = fn('nbd_del_disk', NBD_C, (f, nbd: Nbd) => {
  const disk = f.load(nbd.disk);
  f.call(del_gendisk, disk);
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

/** kworker/nbd-del: the fix deletes the disk with no lock held. */
export const nbd_dev_remove_work = fn('nbd_dev_remove_work', NBD_C, (f, nbd: Nbd) => {
  f.call(nbd_del_disk, nbd);
  f.mutex_lock(nbd_index_mutex);
  f.idr_remove(nbd_index_idr, f.load(nbd.index));
  f.call(nbd_notify_destroy_completion, nbd);
  f.mutex_unlock(nbd_index_mutex);
  f.kfree(nbd);
});

/** Called with nbd_index_mutex held, after the last reference went. */
const nbd_dev_remove = fn('nbd_dev_remove', NBD_C, (f, nbd: Nbd) => {
  if (f.is('removal-in-worker'))
    f.if(f.test_bit(nbd.destroy_on_disconnect), () => {
      f.queue_work(f.load(nbd_del_wq), nbd.remove_work);
      f.return();
    });
  f.call(nbd_del_disk, nbd);
  if (f.is('removal-in-worker')) f.idr_remove(nbd_index_idr, f.load(nbd.index));
  f.call(nbd_notify_destroy_completion, nbd);
  f.kfree(nbd);
});

export const nbd_put = fn('nbd_put', NBD_C, (f, nbd: Nbd) => {
  f.if(f.refcount_dec_and_mutex_lock(nbd.refs, nbd_index_mutex), () => {
    if (!f.is('removal-in-worker')) f.idr_remove(nbd_index_idr, f.load(nbd.index));
    f.call(nbd_dev_remove, nbd);
    f.mutex_unlock(nbd_index_mutex);
  });
});
