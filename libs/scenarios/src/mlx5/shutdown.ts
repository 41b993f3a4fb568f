/** reboot(2): device_shutdown walks devices_kset from its tail while user tasks go on (drivers/base/core.c). */
import { fn, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { PCI_DRIVER_C, REBOOT_C } from '../kernel/files.js';
import { device_shutdown } from '../kernel/shutdown.js';
import { shutdown } from './main.js';
import { devices_kset, devices_kset_lock, PciDev } from './objects.js';

const pci_device_shutdown = fn(
  'pci_device_shutdown',
  PCI_DRIVER_C,
  (f, dev: Ref<typeof PciDev>) => {
    f.call(shutdown, dev);
  },
);

const kset = {
  list: devices_kset,
  list_lock: devices_kset_lock,
  device: PciDev,
  entry: 'entry',
} as const;

const kernel_restart_prepare = fn('kernel_restart_prepare', REBOOT_C, (f) => {
  device_shutdown(f, kset, (dev) => dev, pci_device_shutdown);
});

const sys_reboot = fn('sys_reboot', REBOOT_C, (f) => {
  f.call(kernel_restart_prepare);
});

export const reboot = (f: FunctionBuilder): void => {
  f.call(sys_reboot);
};
