/** Loading, unloading and removal of the core driver (mlx5/core/main.c) with its two interfaces, Ethernet and RDMA. */
import { fn, type Ref } from '@lastref/authoring';
import { mlx5_cmd_cleanup, mlx5_cmd_init } from './cmd.js';
import { mlx5e_attach, mlx5e_detach, mlx5e_remove } from './netdev.js';
import { IB_MAIN_C, MAIN_C, type Mlx5CoreDev, type PciDev } from './objects.js';

type Dev = Ref<typeof Mlx5CoreDev>;
type Pdev = Ref<typeof PciDev>;

/** 4cca96a8d9da, which claims to be the fix, clears ib_active here. */
const __mlx5_ib_remove = fn('__mlx5_ib_remove', IB_MAIN_C, (f, dev: Dev) => {
  if (f.is('ib-active-false')) f.clear_bit(dev.ib_active);
});

const mlx5_detach_device = fn('mlx5_detach_device', MAIN_C, (f, dev: Dev) => {
  f.call(mlx5e_detach, dev);
  f.call(__mlx5_ib_remove, dev);
});

const mlx5_load = fn('mlx5_load', MAIN_C, (f, dev: Dev) => {
  f.set_bit(dev.eqs);
});
const mlx5_unload = fn('mlx5_unload', MAIN_C, (f, dev: Dev) => {
  f.clear_bit(dev.eqs);
});

/** Without the interfaces, which mlx5_attach_device brings back. */
export const mlx5_load_one = fn('mlx5_load_one', MAIN_C, (f, dev: Dev) => {
  f.mutex_lock(dev.intf_state_mutex);
  f.call(mlx5_cmd_init, dev);
  f.call(mlx5_load, dev);
  f.set_bit(dev.interface_up);
  f.mutex_unlock(dev.intf_state_mutex);
});

/** From detach on nothing here takes rtnl. */
const mlx5_unload_one = fn('mlx5_unload_one', MAIN_C, (f, dev: Dev) => {
  f.mutex_lock(dev.intf_state_mutex);
  f.if(f.test_and_clear_bit(dev.interface_up), () => {
    f.call(mlx5_detach_device, dev);
    if (f.is('bare-cmd-state-test')) f.set_bit(dev.cmd_down);
    f.call(mlx5_unload, dev);
    f.call(mlx5_cmd_cleanup, dev);
  });
  f.mutex_unlock(dev.intf_state_mutex);
});

/** The firmware tears everything down; the driver's memory stays. */
const mlx5_try_fast_unload = fn('mlx5_try_fast_unload', MAIN_C, (f, dev: Dev) => {
  f.set_bit(dev.cmd_down);
});

/** The netdev goes first, and with it its files. */
const remove_one = fn('remove_one', MAIN_C, (f, pdev: Pdev) => {
  const dev = f.load(pdev.drvdata);
  f.call(mlx5e_remove, dev);
  f.call(mlx5_unload_one, dev);
  f.store(pdev.drvdata, null);
  f.kfree(dev);
});

/** The pci_driver's shutdown. */
export const shutdown = fn('shutdown', MAIN_C, (f, pdev: Pdev) => {
  if (f.is('remove-instead-of-shutdown')) f.call(remove_one, pdev);
  else if (f.is('fast-teardown')) f.call(mlx5_try_fast_unload, f.load(pdev.drvdata));
  else f.call(mlx5_unload_one, f.load(pdev.drvdata));
});

/** PCI error recovery: mlx5_pci_err_detected, then mlx5_pci_resume. */
export const mlx5_pci_err_detected = fn('mlx5_pci_err_detected', MAIN_C, (f, dev: Dev) => {
  f.call(mlx5_unload_one, dev);
});
export const mlx5_pci_resume = fn('mlx5_pci_resume', MAIN_C, (f, dev: Dev) => {
  f.call(mlx5_load_one, dev);
  f.call(mlx5e_attach, dev);
});
