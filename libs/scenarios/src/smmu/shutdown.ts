/**
 * reboot(2): with -f at once, else after init has taken the network down. device_shutdown visits consumers before
 * their SMMU, as a device link has it; a driver without a shutdown is passed over.
 */
import { fn, primitive, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { BASE_CORE_C, PCI_DRIVER_C, REBOOT_C } from '../kernel/files.js';
import { device_shutdown, type DevicesKset } from '../kernel/index.js';
import { smmu_shutdown } from './arm-smmu.js';
import { enetc_close, enetc_pf_shutdown } from './enetc-close.js';
import { BASE_PLATFORM_C, Device, devices_kset, devices_kset_lock, eth0 } from './objects.js';

type Dev = Ref<typeof Device>;

const kset: DevicesKset<typeof Device> = {
  list: devices_kset,
  list_lock: devices_kset_lock,
  device: Device,
  entry: 'entry',
};

const platform_shutdown = fn('platform_shutdown', BASE_PLATFORM_C, (f, dev: Dev) => {
  smmu_shutdown(f, dev);
});

/** For kexec, bus mastering is taken from the device. */
const pci_device_shutdown = fn('pci_device_shutdown', PCI_DRIVER_C, (f, dev: Dev) => {
  if (f.is('enetc-shutdown')) f.call(enetc_pf_shutdown, dev);
  if (f.param('kexec') === 1) f.clear_bit(dev.bus_master);
});

/** dev->bus->shutdown. */
const bus_shutdown = primitive('bus_shutdown', BASE_CORE_C, (f, dev: Dev) => {
  f.if(f.load(dev.smmu), () => {
    f.call(platform_shutdown, dev);
  });
  if (f.is('enetc-shutdown') || f.param('kexec') === 1)
    f.if(f.load(dev.netdev), () => {
      f.call(pci_device_shutdown, dev);
    });
});

const kernel_restart = fn('kernel_restart', REBOOT_C, (f) => {
  device_shutdown(f, kset, (dev) => dev, bus_shutdown);
});

export const reboot = (f: FunctionBuilder): void => {
  if (f.param('forced') === 0) f.call(enetc_close, f.load(eth0));
  f.call(kernel_restart);
};
