/**
 * reboot -f: device_shutdown walks devices_kset from its tail while all else goes on (drivers/base/core.c). A device
 * link keeps the SMMU behind its consumers; a driver without a shutdown is passed over.
 */
import { fn, primitive, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { smmu_shutdown } from './arm-smmu.js';
import { enetc_pf_shutdown } from './enetc-close.js';
import {
  BASE_CORE_C,
  BASE_PLATFORM_C,
  Device,
  devices_kset,
  devices_kset_lock,
  PCI_DRIVER_C,
  REBOOT_C,
} from './objects.js';

type Dev = Ref<typeof Device>;

const device_lock = primitive('device_lock', BASE_CORE_C, (f, dev: Dev) => {
  f.mutex_lock(dev.mutex);
});
const device_unlock = primitive('device_unlock', BASE_CORE_C, (f, dev: Dev) => {
  f.mutex_unlock(dev.mutex);
});

const platform_shutdown = fn('platform_shutdown', BASE_PLATFORM_C, (f, dev: Dev) => {
  smmu_shutdown(f, dev);
});
const pci_device_shutdown = fn('pci_device_shutdown', PCI_DRIVER_C, (f, dev: Dev) => {
  f.call(enetc_pf_shutdown, dev);
});

/** No unbinding, no freezing of tasks; the network stays up. */
const device_shutdown = fn('device_shutdown', BASE_CORE_C, (f) => {
  const dev = f.pointer('dev', Device);
  f.spin_lock(devices_kset_lock);
  f.while(
    () => f.list_prev_entry(dev, devices_kset, 'entry'),
    () => {
      f.list_del_init(dev.entry);
      f.spin_unlock(devices_kset_lock);
      f.call(device_lock, dev);
      f.if(f.load(dev.smmu), () => {
        f.call(platform_shutdown, dev);
      });
      if (f.is('enetc-shutdown'))
        f.if(f.load(dev.netdev), () => {
          f.call(pci_device_shutdown, dev);
        });
      f.call(device_unlock, dev);
      f.spin_lock(devices_kset_lock);
    },
  );
  f.spin_unlock(devices_kset_lock);
});

const kernel_restart = fn('kernel_restart', REBOOT_C, (f) => {
  f.call(device_shutdown);
});

export const reboot = (f: FunctionBuilder): void => {
  f.call(kernel_restart);
};
