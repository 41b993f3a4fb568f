/** rmmod nbd: delete_module(2) around nbd_cleanup (kernel/module.c, drivers/block/nbd.c). */
import { fn, primitive, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { MODULE_C } from '../kernel/files.js';
import { nbd_put } from './device.js';
import { genl_unregister_family } from './genl.js';
import {
  bdev_map,
  GENHD_C,
  NBD_C,
  nbd_del_wq,
  nbd_index_idr,
  nbd_index_mutex,
  nbd_module,
  NbdDevice,
} from './objects.js';

type Nbd = Ref<typeof NbdDevice>;

/** Puts a device on the list of those to remove; the fix leaves out those whose last reference is gone. */
const nbd_exit_cb = fn.int('nbd_exit_cb', NBD_C, (f, nbd: Nbd) => {
  if (f.is('exit-skips-dying'))
    f.unless(f.refcount_read(nbd.refs), () => {
      f.return(0);
    });
  f.set_bit(nbd.listed);
  f.return(1);
});

/** Frees the number range: nothing finds the disks that are left behind. */
const unregister_blkdev = primitive('unregister_blkdev', GENHD_C, (f) => {
  f.idr_destroy(bdev_map);
});

const nbd_cleanup = fn('nbd_cleanup', NBD_C, (f) => {
  f.mutex_lock(nbd_index_mutex);
  const del_list = Array.from({ length: f.entries(nbd_index_idr) }, (_, index) => {
    const listed = f.pointer('nbd', NbdDevice);
    const nbd = f.idr_find(nbd_index_idr, index);
    f.if(nbd, () => {
      f.if(f.call(nbd_exit_cb, nbd), () => {
        f.set(listed, nbd);
      });
    });
    return listed;
  });
  f.mutex_unlock(nbd_index_mutex);
  for (const nbd of del_list)
    f.if(nbd, () => {
      f.clear_bit(nbd.listed);
      // Anything but 1 is printed as "possibly leaking a device"; nothing else comes of it.
      f.refcount_read(nbd.refs);
      f.call(nbd_put, nbd, 'nothing');
    });
  if (f.is('cleanup-waits')) f.destroy_workqueue(f.load(nbd_del_wq));
  f.idr_destroy(nbd_index_idr);
  f.call(genl_unregister_family);
  f.call(unregister_blkdev);
});

/** Refused with -EWOULDBLOCK while the module is in use. */
const delete_module = primitive('delete_module', MODULE_C, (f) => {
  f.if(f.module_begin_exit(nbd_module), () => {
    f.call(nbd_cleanup);
    f.milestone('rmmod-returned');
    f.module_free(nbd_module);
  });
});

export const rmmod = (f: FunctionBuilder): void => {
  f.call(delete_module);
};
