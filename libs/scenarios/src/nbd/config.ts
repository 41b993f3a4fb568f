/** The connection of a device: its config, references to it, the receiver, disconnect (drivers/block/nbd.c). */
import { fn, type Ref } from '@lastref/authoring';
import { nbd_put } from './device.js';
import type { Holding } from './gendisk.js';
import { NBD_C, nbd_module, NbdConfig, RecvWorkq, type NbdDevice } from './objects.js';

type Nbd = Ref<typeof NbdDevice>;

/** A config holds one module reference; NULL without memory or when the module is going. */
export const nbd_alloc_config = fn.ptr(NbdConfig, 'nbd_alloc_config', NBD_C, (f) => {
  f.unless(f.try_module_get(nbd_module), () => {
    f.return(null);
  });
  const config = f.kzalloc(NbdConfig, 'nbd_alloc_config');
  f.if(f.is_null(config), () => {
    f.module_put(nbd_module);
  });
  f.return(config);
});

export const nbd_config_put = fn('nbd_config_put', NBD_C, (f, nbd: Nbd, holding: Holding) => {
  f.if(f.refcount_dec_and_mutex_lock(nbd.config_refs, nbd.config_lock), () => {
    const config = f.load(nbd.config);
    f.store(nbd.config, null);
    f.kfree(config);
    const recv_workq = f.load(nbd.recv_workq);
    f.if(recv_workq, () => {
      f.destroy_workqueue(recv_workq);
    });
    f.store(nbd.recv_workq, null);
    f.mutex_unlock(nbd.config_lock);
    f.call(nbd_put, nbd, holding);
    f.module_put(nbd_module);
  });
});

/** kworker/knbd-recv: ends when its socket is shut down. One socket per connection here. */
export const recv_work = fn('recv_work', NBD_C, (f, nbd: Nbd) => {
  const config = f.load(nbd.config);
  f.wait_for_outside_world(config.socket_shut);
  f.call(nbd_config_put, nbd, 'nothing');
});

/** Under config_lock. */
export const nbd_start_device = fn('nbd_start_device', NBD_C, (f, nbd: Nbd) => {
  const recv_workq = f.alloc_workqueue(RecvWorkq, 'nbd_start_device');
  f.store(nbd.recv_workq, recv_workq);
  f.refcount_inc(nbd.config_refs);
  f.queue_work(recv_workq, nbd.recv_work);
});

export const nbd_disconnect_and_put = fn('nbd_disconnect_and_put', NBD_C, (f, nbd: Nbd) => {
  f.mutex_lock(nbd.config_lock);
  f.set_bit(nbd.disconnect_requested);
  const config = f.load(nbd.config);
  f.set_bit(config.socket_shut);
  f.mutex_unlock(nbd.config_lock);
  const recv_workq = f.load(nbd.recv_workq);
  f.if(recv_workq, () => {
    f.flush_workqueue(recv_workq);
  });
  f.if(f.test_and_clear_bit(config.has_config_ref), () => {
    f.call(nbd_config_put, nbd, 'nothing');
  });
});
