/** The generic-netlink commands CONNECT and DISCONNECT, serialised by genl_mutex (net/netlink/genetlink.c, drivers/block/nbd.c). */
import { fn, primitive, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { GENETLINK_C } from '../kernel/files.js';
import {
  nbd_alloc_config,
  nbd_config_put,
  nbd_disconnect_and_put,
  nbd_start_device,
} from './config.js';
import { nbd_dev_add, nbd_put } from './device.js';
import {
  cb_lock,
  DestroyComplete,
  family,
  genl_mutex,
  NBD_C,
  nbd_index_idr,
  nbd_index_mutex,
  NbdDevice,
} from './objects.js';

type Nbd = Ref<typeof NbdDevice>;

/** nbd's family does not set parallel_ops, so its handlers run one at a time; unregistering waits for all. */
const genl_rcv_msg = primitive('genl_rcv_msg', GENETLINK_C, (f, doit: () => void, done: string) => {
  f.down_read(cb_lock);
  f.if(f.test_bit(family), () => {
    if (f.is('genl-mutex')) f.mutex_lock(genl_mutex);
    doit();
    if (f.is('genl-mutex')) f.mutex_unlock(genl_mutex);
  });
  f.milestone(done);
  f.up_read(cb_lock);
});

export const genl_unregister_family = primitive('genl_unregister_family', GENETLINK_C, (f) => {
  f.down_write(cb_lock);
  f.clear_bit(family);
  f.up_write(cb_lock);
});

const nbd_genl_disconnect = fn('nbd_genl_disconnect', NBD_C, (f, index: number) => {
  f.mutex_lock(nbd_index_mutex);
  const nbd = f.idr_find(nbd_index_idr, index);
  f.if(f.is_null(nbd), () => {
    f.mutex_unlock(nbd_index_mutex);
    f.return();
  });
  f.unless(f.refcount_inc_not_zero(nbd.refs), () => {
    f.mutex_unlock(nbd_index_mutex);
    f.return();
  });
  f.mutex_unlock(nbd_index_mutex);
  f.if(f.refcount_inc_not_zero(nbd.config_refs), () => {
    f.call(nbd_disconnect_and_put, nbd);
    f.call(nbd_config_put, nbd, 'nothing');
  });
  f.call(nbd_put, nbd, 'nothing');
});

/** The first device without a config, or NULL (nbd_genl_connect with index -1). */
const nbd_find_unused = fn.ptr(NbdDevice, 'nbd_find_unused', NBD_C, (f) => {
  for (let index = 0; index < f.entries(nbd_index_idr); index++) {
    const nbd = f.idr_find(nbd_index_idr, index);
    f.if(nbd, () => {
      f.unless(f.refcount_read(nbd.config_refs), () => {
        f.return(nbd);
      });
    });
  }
  f.return(null);
});

/** Configures the device the command found; the caller's reference becomes the config's. */
const nbd_connect_device = primitive('nbd_connect_device', NBD_C, (f, nbd: Nbd) => {
  f.mutex_lock(nbd.config_lock);
  f.if(f.refcount_read(nbd.config_refs), () => {
    f.mutex_unlock(nbd.config_lock);
    f.call(nbd_put, nbd, 'nothing');
    f.return();
  });
  const config = f.call(nbd_alloc_config);
  f.if(f.is_null(config), () => {
    f.mutex_unlock(nbd.config_lock);
    f.call(nbd_put, nbd, 'nothing');
    f.return();
  });
  f.store(nbd.config, config);
  f.refcount_set(nbd.config_refs, 1);
  const put_dev = f.var('put_dev', 1);
  f.unless(f.test_and_set_bit(nbd.destroy_on_disconnect), () => {
    f.set(put_dev, 1);
  });
  f.call(nbd_start_device, nbd);
  f.mutex_unlock(nbd.config_lock);
  f.set_bit(config.has_config_ref);
  f.refcount_inc(nbd.config_refs);
  f.milestone('connected');
  f.call(nbd_config_put, nbd, 'nothing');
  f.if(put_dev, () => {
    f.call(nbd_put, nbd, 'nothing');
  });
});

/** Waits for a device of this index that is being destroyed, then makes and connects a new one. */
const nbd_genl_connect = fn('nbd_genl_connect', NBD_C, (f, index: 0 | 'any') => {
  const destroy_complete = f.on_stack(DestroyComplete);
  f.label('again');
  f.mutex_lock(nbd_index_mutex);
  const nbd = f.pointer('nbd', NbdDevice);
  f.set(nbd, index === 'any' ? f.call(nbd_find_unused) : f.idr_find(nbd_index_idr, index));
  f.if(f.is_null(nbd), () => {
    f.set(nbd, f.call(nbd_dev_add, index));
    f.if(f.is_null(nbd), () => {
      f.mutex_unlock(nbd_index_mutex);
      f.return();
    });
  });
  f.if(
    f.and(f.test_bit(nbd.destroy_on_disconnect), () => f.test_bit(nbd.disconnect_requested)),
    () => {
      f.store(nbd.destroy_complete, destroy_complete);
      f.mutex_unlock(nbd_index_mutex);
      f.milestone('connect-waited');
      f.wait_for_completion(destroy_complete.done);
      f.goto('again');
    },
  );
  f.unless(f.refcount_inc_not_zero(nbd.refs), () => {
    f.mutex_unlock(nbd_index_mutex);
    if (index === 'any') f.goto('again');
    else f.return();
  });
  f.mutex_unlock(nbd_index_mutex);
  f.call(nbd_connect_device, nbd);
});

const command =
  (doit: (f: FunctionBuilder) => void, done: string) =>
  (f: FunctionBuilder): void => {
    f.call(
      genl_rcv_msg,
      () => {
        doit(f);
      },
      done,
    );
  };

export const disconnect_of = (index: number): ((f: FunctionBuilder) => void) =>
  command((f) => {
    f.call(nbd_genl_disconnect, index);
  }, 'disconnect-returned');

export const disconnect = disconnect_of(0);

export const connect = command((f) => {
  f.call(nbd_genl_connect, 0);
}, 'connect-returned');

export const connect_any = command((f) => {
  f.call(nbd_genl_connect, 'any');
}, 'connect-returned');
