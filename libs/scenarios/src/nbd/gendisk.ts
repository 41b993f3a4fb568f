/** The block layer under nbd: add_disk, del_gendisk, blk_cleanup_disk (block/genhd.c, after c76f48eb5c08). */
import { fn, primitive, type Ref } from '@lastref/authoring';
import { bdev_map, GENHD_C, sysfs_block, type Gendisk } from './objects.js';

type Disk = Ref<typeof Gendisk>;

/** The disk becomes visible: its name in sysfs, its number for open(2). */
export const add_disk = primitive('add_disk', GENHD_C, (f, disk: Disk) => {
  const index = f.load(disk.index);
  f.refcount_set(disk.kobj, 1);
  f.set_bit(disk.up);
  f.sysfs_create(sysfs_block, index);
  f.ignore(f.idr_alloc(bdev_map, index, disk));
});

export const put_disk = primitive('put_disk', GENHD_C, (f, disk: Disk) => {
  f.if(f.refcount_dec_and_test(disk.kobj), () => {
    f.kfree(disk);
  });
});

/** What the caller holds; only the variant with a locked del_gendisk makes a difference of it. */
export type Holding = 'open_mutex' | 'nothing';

/** Takes open_mutex to drop the partitions, since c76f48eb5c08; the name goes last. */
export const del_gendisk = fn('del_gendisk', GENHD_C, (f, disk: Disk, holding: Holding) => {
  const locks =
    f.is('del-gendisk-takes-open-mutex') &&
    !(f.is('del-gendisk-locked') && holding === 'open_mutex');
  if (locks) f.mutex_lock(disk.open_mutex);
  f.clear_bit(disk.up);
  if (locks) f.mutex_unlock(disk.open_mutex);
  const index = f.load(disk.index);
  f.idr_remove(bdev_map, index);
  f.sysfs_remove(sysfs_block, index);
});

export const blk_cleanup_disk = primitive('blk_cleanup_disk', GENHD_C, (f, disk: Disk) => {
  f.call(put_disk, disk);
});
