/** reboot(2): device_shutdown walks devices_kset from its tail while user tasks go on (drivers/base/core.c). */
import { fn, primitive, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { shutdown } from './main.js';
import {
  BASE_CORE_C,
  devices_kset,
  devices_kset_lock,
  PCI_DRIVER_C,
  PciDev,
  REBOOT_C,
} from './objects.js';

type Pdev = Ref<typeof PciDev>;

const device_lock = primitive('device_lock', BASE_CORE_C, (f, dev: Pdev) => {
  f.mutex_lock(dev.mutex);
});
const device_unlock = primitive('device_unlock', BASE_CORE_C, (f, dev: Pdev) => {
  f.mutex_unlock(dev.mutex);
});

const pci_device_shutdown = fn('pci_device_shutdown', PCI_DRIVER_C, (f, dev: Pdev) => {
  f.call(shutdown, dev);
});

/** One device after the other; no unbinding, no removal of files, no freezing of tasks. */
const device_shutdown = fn('device_shutdown', BASE_CORE_C, (f) => {
  const dev = f.pointer('dev', PciDev);
  f.spin_lock(devices_kset_lock);
  f.while(
    () => f.list_prev_entry(dev, devices_kset, 'entry'),
    () => {
      f.list_del_init(dev.entry);
      f.spin_unlock(devices_kset_lock);
      f.call(device_lock, dev);
      f.call(pci_device_shutdown, dev);
      f.call(device_unlock, dev);
      f.spin_lock(devices_kset_lock);
    },
  );
  f.spin_unlock(devices_kset_lock);
});

const kernel_restart_prepare = fn('kernel_restart_prepare', REBOOT_C, (f) => {
  f.call(device_shutdown);
});

const sys_reboot = fn('sys_reboot', REBOOT_C, (f) => {
  f.call(kernel_restart_prepare);
});

export const reboot = (f: FunctionBuilder): void => {
  f.call(sys_reboot);
};
