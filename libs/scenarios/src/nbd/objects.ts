/**
 * nbd's objects and locks, after drivers/block/nbd.c of 5.13/5.14 and the gendisk they sit on. Pool sizes are the most
 * that index reuse can bring together with one index: an old device on its way out beside a new one.
 */
import {
  completion,
  flag,
  Idr,
  indexIn,
  KernelModule,
  mutex,
  ptr,
  refcount,
  rwsem,
  statics,
  Struct,
  SysfsDirectory,
  work,
  Workqueue,
} from '@lastref/authoring';

export const NBD_C = 'drivers/block/nbd.c';
export const GENHD_C = 'block/genhd.c';
export const BLOCK_DEV_C = 'fs/block_dev.c';

/** Holds the removal works of the fix (nbd_init). */
export class NbdDelWq extends Workqueue {
  static override readonly tag = 'nbd_del_wq';
}

/** Shared by everyone and never destroyed: nothing at rmmod waits for a driver's items on it. */
export class SystemWq extends Workqueue {
  static override readonly tag = 'system_wq';
}

/** One per connection: receives replies. */
export class RecvWorkq extends Workqueue {
  static override readonly tag = 'recv_workq';
  static override readonly count = 2;
}

/** DECLARE_COMPLETION_ONSTACK(destroy_complete) of nbd_genl_connect. */
export class DestroyComplete extends Struct {
  static override readonly tag = 'destroy_complete';
  done = completion();
}

export class NbdConfig extends Struct {
  static override readonly tag = 'nbd_config';
  static override readonly count = 3;
  /** NBD_RT_HAS_CONFIG_REF: netlink's own reference, dropped by disconnect. */
  has_config_ref = flag();
  /** The sockets are shut down: receivers end. */
  socket_shut = flag();
}

export class Gendisk extends Struct {
  static override readonly tag = 'gendisk';
  static override readonly count = 2;
  open_mutex = mutex();
  kobj = refcount(7);
  /** GENHD_FL_UP. */
  up = flag();
  index = indexIn(() => bdev_map);
  private_data = ptr(() => NbdDevice);
}

export class NbdDevice extends Struct {
  static override readonly tag = 'nbd_device';
  static override readonly count = 2;
  refs = refcount(7);
  config_refs = refcount(7);
  config_lock = mutex();
  index = indexIn(() => nbd_index_idr);
  /** NBD_DESTROY_ON_DISCONNECT. */
  destroy_on_disconnect = flag();
  /** NBD_DISCONNECT_REQUESTED. */
  disconnect_requested = flag();
  disk = ptr(() => Gendisk);
  config = ptr(() => NbdConfig);
  recv_workq = ptr(() => RecvWorkq);
  destroy_complete = ptr(() => DestroyComplete);
  /** On the list of devices that nbd_cleanup removes. */
  listed = flag();
  remove_work = work();
  recv_work = work();
}

export const { nbd_index_mutex, cb_lock, genl_mutex, family, nbd_del_wq, system_wq } = statics({
  nbd_index_mutex: mutex(),
  cb_lock: rwsem(),
  genl_mutex: mutex(),
  /** nbd's generic-netlink family is registered. */
  family: flag(1),
  nbd_del_wq: ptr(() => NbdDelWq),
  system_wq: ptr(() => SystemWq),
});

export const nbd_index_idr = new Idr('nbd_index_idr', NbdDevice, 2);
/** Block devices by number, as blkdev_get_no_open finds them. */
export const bdev_map = new Idr('bdev_map', Gendisk, 2);
/** /sys/block. */
export const sysfs_block = new SysfsDirectory('block', 2);
export const nbd_module = new KernelModule('nbd', 7, [NBD_C]);
