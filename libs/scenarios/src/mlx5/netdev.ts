/** The network device: rtnl, running and present, detach and attach, unregistering (net/core/dev.c, mlx5/core/en_main.c). */
import { fn, primitive, type Cond, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { BASE_CORE_C, DEV_C } from '../kernel/files.js';
import { rtnl_lock, rtnl_unlock } from '../kernel/rtnl.js';
import { EN_MAIN_C, NET_SYSFS_C, type Mlx5CoreDev, type NetDevice } from './objects.js';

type Netdev = Ref<typeof NetDevice>;

export const netif_running = (f: FunctionBuilder, netdev: Netdev): Cond => f.test_bit(netdev.start);
export const netif_device_present = (f: FunctionBuilder, netdev: Netdev): Cond =>
  f.test_bit(netdev.present);

/** Clears PRESENT and leaves START. */
const netif_device_detach = fn('netif_device_detach', DEV_C, (f, netdev: Netdev) => {
  f.milestone('detached');
  f.clear_bit(netdev.present);
  if (f.is('clear-start-in-detach')) f.clear_bit(netdev.start);
});

const netif_device_attach = fn('netif_device_attach', DEV_C, (f, netdev: Netdev) => {
  f.set_bit(netdev.present);
  f.if(f.test_bit(netdev.iff_up), () => {
    f.invariant('IFF_UP implies netif_running', f.load(netdev.start));
  });
});

/** Touches the driver's own state only. */
const mlx5e_close = fn('mlx5e_close', EN_MAIN_C, (f, netdev: Netdev) => {
  f.clear_bit(netdev.opened);
});
const mlx5e_open = fn('mlx5e_open', EN_MAIN_C, (f, netdev: Netdev) => {
  f.set_bit(netdev.opened);
});

const mlx5e_nic_disable = fn('mlx5e_nic_disable', EN_MAIN_C, (f, netdev: Netdev) => {
  rtnl_lock(f);
  f.if(netif_running(f, netdev), () => {
    f.call(mlx5e_close, netdev);
  });
  f.call(netif_device_detach, netdev);
  rtnl_unlock(f);
});

const mlx5e_nic_enable = fn('mlx5e_nic_enable', EN_MAIN_C, (f, netdev: Netdev) => {
  rtnl_lock(f);
  f.if(netif_running(f, netdev), () => {
    f.call(mlx5e_open, netdev);
  });
  f.call(netif_device_attach, netdev);
  rtnl_unlock(f);
});

/** After mlx5e_remove there is nothing to detach. */
export const mlx5e_detach = fn('mlx5e_detach', EN_MAIN_C, (f, dev: Ref<typeof Mlx5CoreDev>) => {
  const netdev = f.load(dev.netdev);
  f.if(netdev, () => {
    f.call(mlx5e_nic_disable, netdev);
  });
});

export const mlx5e_attach = fn('mlx5e_attach', EN_MAIN_C, (f, dev: Ref<typeof Mlx5CoreDev>) => {
  f.call(mlx5e_nic_enable, f.load(dev.netdev));
});

const dev_close = fn('dev_close', DEV_C, (f, netdev: Netdev) => {
  f.clear_bit(netdev.start);
  f.call(mlx5e_close, netdev);
  f.clear_bit(netdev.iff_up);
});

const device_del = primitive('device_del', BASE_CORE_C, (f, netdev: Netdev) => {
  const kn = f.load(netdev.kn);
  f.kernfs_remove(kn.active);
});

/** Waits, under rtnl, for who reads the device's files. */
const netdev_unregister_kobject = fn(
  'netdev_unregister_kobject',
  NET_SYSFS_C,
  (f, netdev: Netdev) => {
    f.call(device_del, netdev);
  },
);

const unregister_netdev = fn('unregister_netdev', DEV_C, (f, netdev: Netdev) => {
  rtnl_lock(f);
  f.call(dev_close, netdev);
  f.call(netdev_unregister_kobject, netdev);
  rtnl_unlock(f);
});

export const mlx5e_remove = fn('mlx5e_remove', EN_MAIN_C, (f, dev: Ref<typeof Mlx5CoreDev>) => {
  const netdev = f.load(dev.netdev);
  f.call(unregister_netdev, netdev);
  f.store(dev.netdev, null);
  f.kfree(netdev);
});
