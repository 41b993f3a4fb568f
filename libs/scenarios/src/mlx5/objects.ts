/**
 * mlx5's objects: the PCI function, the core device with its command interface, the network device and the sysfs file
 * a reader has open, the DMA pool behind commands. Pool sizes are for two ports with one command in flight on each.
 */
import {
  completion,
  flag,
  Idr,
  kernfs,
  list,
  mutex,
  ptr,
  spinlock,
  statics,
  Struct,
  work,
  Workqueue,
} from '@lastref/authoring';

const MLX5 = 'drivers/net/ethernet/mellanox/mlx5/core';
export const MAIN_C = `${MLX5}/main.c`;
export const CMD_C = `${MLX5}/cmd.c`;
export const PORT_C = `${MLX5}/port.c`;
export const EN_MAIN_C = `${MLX5}/en_main.c`;
export const EN_ETHTOOL_C = `${MLX5}/en_ethtool.c`;
export const IB_MAIN_C = 'drivers/infiniband/hw/mlx5/main.c';
export const DMAPOOL_C = 'mm/dmapool.c';
export const NET_SYSFS_C = 'net/core/net-sysfs.c';
export const ETHTOOL_C = 'net/core/ethtool.c';
export const NETLINK_C = 'net/ethtool/netlink.c';

/** What dma_alloc_coherent gave: free blocks are chained by an offset inside them. */
export class DmaCoherent extends Struct {
  static override readonly tag = 'dma_coherent';
  static override readonly count = 3;
  next_block = flag();
}

export class DmaPage extends Struct {
  static override readonly tag = 'dma_page';
  static override readonly count = 3;
  page_list = list();
  vaddr = ptr(() => DmaCoherent);
  in_use = flag();
}

/** struct dma_pool: its lock is inside. */
export class DmaPool extends Struct {
  static override readonly tag = 'dma_pool';
  static override readonly count = 2;
  page_list = list();
  lock = spinlock();
  pools = list();
}

/** dev->cmd.wq. */
export class CmdWq extends Workqueue {
  static override readonly tag = 'cmd_wq';
  static override readonly count = 2;
}

/** A command in flight. */
export class CmdWorkEnt extends Struct {
  static override readonly tag = 'mlx5_cmd_work_ent';
  static override readonly count = 2;
  work = work();
  done = completion();
  dev = ptr(() => Mlx5CoreDev);
}

export class Mlx5CoreDev extends Struct {
  static override readonly tag = 'mlx5_core_dev';
  static override readonly count = 2;
  intf_state_mutex = mutex();
  /** MLX5_INTERFACE_STATE_UP. */
  interface_up = flag();
  /** Event queues exist: the firmware's answers arrive. */
  eqs = flag();
  /** mlx5_cmd_is_down(): the command state is not UP, or the device is in error. */
  cmd_down = flag();
  cmd_pool = ptr(() => DmaPool);
  cmd_wq = ptr(() => CmdWq);
  /** dma_pools of the struct device below. */
  dma_pools = list();
  netdev = ptr(() => NetDevice);
  /** mlx5_ib_dev's flag: gates verbs. */
  ib_active = flag();
}

export class NetDevice extends Struct {
  static override readonly tag = 'net_device';
  static override readonly count = 2;
  /** __LINK_STATE_START: netif_running. */
  start = flag();
  /** __LINK_STATE_PRESENT. */
  present = flag();
  /** flags & IFF_UP. */
  iff_up = flag();
  /** MLX5E_STATE_OPENED of netdev_priv. */
  opened = flag();
  mdev = ptr(() => Mlx5CoreDev);
  kn = ptr(() => KernfsNode);
}

/** /sys/class/net/X/speed, or duplex: it outlives the device while it is open. */
export class KernfsNode extends Struct {
  static override readonly tag = 'kernfs_node';
  static override readonly count = 2;
  active = kernfs();
  netdev = ptr(() => NetDevice);
}

export class PciDev extends Struct {
  static override readonly tag = 'pci_dev';
  static override readonly count = 2;
  mutex = mutex();
  entry = list();
  drvdata = ptr(() => Mlx5CoreDev);
}

export const { pools_lock, devices_kset, devices_kset_lock } = statics({
  pools_lock: mutex(),
  devices_kset: list(),
  devices_kset_lock: spinlock(),
});

/** 0 is 5e:00.0 with p3p1, 1 is 5e:00.1 with p3p2, and so on. */
export type Port = number;
export const pci_bus = new Idr('pci_bus', PciDev, 2);
export const open_files = new Idr('open_files', KernfsNode, 2);
