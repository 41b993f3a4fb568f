/** Prologues: what has happened before time 0. They run the driver's own functions where these end by themselves. */
import type { FunctionBuilder, Ref } from '@lastref/authoring';
import { nbd_alloc_config } from './config.js';
import { nbd_dev_add } from './device.js';
import { nbd_del_wq, NbdDelWq, RecvWorkq, system_wq, SystemWq, type NbdDevice } from './objects.js';

const nbd_init = (f: FunctionBuilder): void => {
  if (f.is('removal-on-system-wq')) f.store(system_wq, f.alloc_workqueue(SystemWq));
  else if (f.is('removal-in-worker')) f.store(nbd_del_wq, f.alloc_workqueue(NbdDelWq));
};

/** A device as nbd_init makes it: no config, DESTROY_ON_DISCONNECT clear. */
export const added = (f: FunctionBuilder): void => {
  nbd_init(f);
  f.call(nbd_dev_add, 0);
};

const configured = (f: FunctionBuilder, index: number): Ref<typeof NbdDevice> => {
  const nbd = f.call(nbd_dev_add, index);
  const config = f.call(nbd_alloc_config);
  f.store(nbd.config, config);
  f.refcount_set(nbd.config_refs, 1);
  f.set_bit(config.socket_shut);
  f.store(nbd.recv_workq, f.alloc_workqueue(RecvWorkq));
  f.set_bit(nbd.destroy_on_disconnect);
  return nbd;
};

/** Devices connected by netlink with DESTROY_ON_DISCONNECT; their server is gone and the receivers have ended. */
export const devices_connected =
  (devices: number) =>
  (f: FunctionBuilder): void => {
    nbd_init(f);
    for (let index = 0; index < devices; index++) {
      const nbd = configured(f, index);
      const config = f.load(nbd.config);
      f.set_bit(config.has_config_ref);
    }
  };

/** One such device. */
export const connected = devices_connected(1);

/**
 * Configured through its opener (ioctl), DESTROY_ON_DISCONNECT set later by reconfigure: no disconnect was requested,
 * the opener's reference is the only one on the config. The opener holds the disk open.
 */
export const opened_then_server_died = (f: FunctionBuilder): void => {
  nbd_init(f);
  const nbd = configured(f, 0);
  f.refcount_inc(nbd.refs);
  const disk = f.load(nbd.disk);
  f.refcount_inc(disk.kobj);
};
