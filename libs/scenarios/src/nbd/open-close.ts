/** open(2) and close(2) of /dev/nbd0: fs/block_dev.c around nbd_open and nbd_release. */
import { fn, primitive, type Ref } from '@lastref/authoring';
import { nbd_alloc_config, nbd_config_put } from './config.js';
import { nbd_put } from './device.js';
import { put_disk } from './gendisk.js';
import {
  bdev_map,
  BLOCK_DEV_C,
  Gendisk,
  NBD_C,
  nbd_index_mutex,
  nbd_module,
  NbdDevice,
} from './objects.js';

type Disk = Ref<typeof Gendisk>;
type Nbd = Ref<typeof NbdDevice>;

/** The first opener after a disconnect brings a config of its own. */
const nbd_get_config_for_open = primitive.int('nbd_get_config_for_open', NBD_C, (f, nbd: Nbd) => {
  f.if(f.refcount_inc_not_zero(nbd.config_refs), () => {
    f.return(0);
  });
  f.mutex_lock(nbd.config_lock);
  f.if(f.refcount_inc_not_zero(nbd.config_refs), () => {
    f.mutex_unlock(nbd.config_lock);
    f.return(0);
  });
  const config = f.call(nbd_alloc_config);
  f.if(f.is_null(config), () => {
    f.mutex_unlock(nbd.config_lock);
    f.return('-ENOMEM');
  });
  f.store(nbd.config, config);
  f.refcount_set(nbd.config_refs, 1);
  f.refcount_inc(nbd.refs);
  f.mutex_unlock(nbd.config_lock);
});

const nbd_open = fn.int('nbd_open', NBD_C, (f, disk: Disk) => {
  f.mutex_lock(nbd_index_mutex);
  const nbd = f.load(disk.private_data, 'nbd');
  f.if(f.is_null(nbd), () => {
    f.mutex_unlock(nbd_index_mutex);
    f.return('-ENXIO');
  });
  f.unless(f.refcount_inc_not_zero(nbd.refs), () => {
    f.mutex_unlock(nbd_index_mutex);
    f.return('-ENXIO');
  });
  const err = f.call(nbd_get_config_for_open, nbd);
  f.mutex_unlock(nbd_index_mutex);
  f.return(err);
});

const nbd_release = fn('nbd_release', NBD_C, (f, disk: Disk) => {
  const nbd = f.load(disk.private_data, 'nbd');
  f.call(nbd_config_put, nbd, 'open_mutex');
  f.call(nbd_put, nbd, 'open_mutex');
});

/** The disk with a reference on it and on its module, or NULL. */
const blkdev_get_no_open = primitive.ptr(
  Gendisk,
  'blkdev_get_no_open',
  BLOCK_DEV_C,
  (f, minor: number) => {
    const disk = f.idr_find_get(bdev_map, minor, 'kobj');
    f.if(f.is_null(disk), () => {
      f.return(null);
    });
    f.if(
      f.and(f.test_bit(disk.up), () => f.try_module_get(nbd_module)),
      () => {
        f.return(disk);
      },
    );
    f.call(put_disk, disk);
    f.return(null);
  },
);

/** The open disk, or NULL for -ENXIO. */
export const blkdev_open = fn.ptr(Gendisk, 'blkdev_open', BLOCK_DEV_C, (f, minor: number) => {
  const disk = f.call(blkdev_get_no_open, minor);
  f.if(f.is_null(disk), () => {
    f.return(null);
  });
  f.mutex_lock(disk.open_mutex);
  const err = f.var('err', 1, '-ENXIO');
  f.if(f.test_bit(disk.up), () => {
    f.set(err, f.call(nbd_open, disk));
  });
  f.mutex_unlock(disk.open_mutex);
  f.if(err, () => {
    f.milestone('open-failed');
    f.module_put(nbd_module);
    f.call(put_disk, disk);
    f.return(null);
  });
  f.return(disk);
});

export const blkdev_close = fn('blkdev_close', BLOCK_DEV_C, (f, disk: Disk) => {
  f.mutex_lock(disk.open_mutex);
  f.call(nbd_release, disk);
  f.mutex_unlock(disk.open_mutex);
  f.call(put_disk, disk);
  f.milestone('close-returned');
  f.module_put(nbd_module);
});
