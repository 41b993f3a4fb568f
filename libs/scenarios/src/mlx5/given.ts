/** Prologues: ports that are up, with their files open. They run the driver's own functions. */
import type { FunctionBuilder } from '@lastref/authoring';
import { mlx5_load_one } from './main.js';
import {
  devices_kset,
  KernfsNode,
  Mlx5CoreDev,
  NetDevice,
  open_files,
  pci_bus,
  PciDev,
  type Port,
} from './objects.js';

function probe(f: FunctionBuilder, port: Port): void {
  const pdev = f.kzalloc(PciDev);
  f.ignore(f.idr_alloc(pci_bus, port, pdev));
  f.list_add_tail(pdev.entry, devices_kset);
  const dev = f.kzalloc(Mlx5CoreDev);
  f.store(pdev.drvdata, dev);
  f.INIT_LIST_HEAD(dev.dma_pools);
  f.set_bit(dev.ib_active);
  f.call(mlx5_load_one, dev);
  const netdev = f.kzalloc(NetDevice);
  f.store(dev.netdev, netdev);
  f.store(netdev.mdev, dev);
  for (const bit of [netdev.start, netdev.present, netdev.iff_up, netdev.opened]) f.set_bit(bit);
  const kn = f.kzalloc(KernfsNode);
  f.store(kn.netdev, netdev);
  f.store(netdev.kn, kn);
  f.kernfs_create(kn.active);
  f.ignore(f.idr_alloc(open_files, port, kn));
}

/** Ports of one card: the last in devices_kset is shut down first. */
export const ports_up =
  (ports: number) =>
  (f: FunctionBuilder): void => {
    f.INIT_LIST_HEAD(devices_kset);
    for (let port = 0; port < ports; port++) probe(f, port);
  };

/** One port, p3p1. */
export const one_port = ports_up(1);
/** p3p1 and p3p2. */
export const two_ports = ports_up(2);
