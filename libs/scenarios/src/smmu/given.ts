/** Prologues: devices probed behind an SMMU, each in a group of its own, and what traffic there was before time 0. */
import type { FunctionBuilder, Ref } from '@lastref/authoring';
import {
  ArmSmmuDevice,
  ArmSmmuMasterCfg,
  Device,
  devices_kset,
  DevIommu,
  eth0,
  eth0_inet6,
  GroupDevice,
  Inet6Dev,
  iommu_device_list,
  IommuDomain,
  IommuGroup,
  IoTlbSlot,
  klist_devices,
  MldWq,
  mld_wq,
  mmc0,
  MmcHost,
  NetDevice,
  SkBuff,
} from './objects.js';

type Smmu = Ref<typeof ArmSmmuDevice>;

function device_add(f: FunctionBuilder): Ref<typeof Device> {
  const dev = f.kzalloc(Device);
  f.list_add_tail(dev.entry, devices_kset);
  f.list_add_tail(dev.knode_bus, klist_devices);
  return dev;
}

function arm_smmu_device_probe(f: FunctionBuilder): Smmu {
  for (const head of [devices_kset, klist_devices, iommu_device_list]) f.INIT_LIST_HEAD(head);
  const smmu = f.kzalloc(ArmSmmuDevice);
  f.list_add_tail(smmu.list, iommu_device_list);
  f.store(device_add(f).smmu, smmu);
  return smmu;
}

/** A device with a group and a default domain of its own. */
function iommu_probe_device(f: FunctionBuilder, smmu: Smmu): Ref<typeof Device> {
  const dev = device_add(f);
  const iommu = f.kzalloc(DevIommu);
  f.store(iommu.iommu_dev, smmu);
  f.store(iommu.priv, f.kzalloc(ArmSmmuMasterCfg));
  f.store(dev.iommu, iommu);
  const group = f.kzalloc(IommuGroup);
  f.INIT_LIST_HEAD(group.devices);
  f.store(group.default_domain, f.kzalloc(IommuDomain));
  f.refcount_set(group.devices_kobj, 1);
  const device = f.kzalloc(GroupDevice);
  f.store(device.dev, dev);
  f.list_add_tail(device.list, group.devices);
  f.store(dev.iommu_group, group);
  return dev;
}

function enetc_probe(f: FunctionBuilder, smmu: Smmu): Ref<typeof NetDevice> {
  const dev = iommu_probe_device(f, smmu);
  const ndev = f.kzalloc(NetDevice);
  f.store(ndev.dev, dev);
  f.store(dev.netdev, ndev);
  f.store(eth0, ndev);
  return ndev;
}

/** IPv6 has a report to send. */
function mld_ifc_event(f: FunctionBuilder, ndev: Ref<typeof NetDevice>): void {
  f.store(mld_wq, f.alloc_workqueue(MldWq));
  const idev = f.kzalloc(Inet6Dev);
  f.store(idev.dev, ndev);
  f.store(eth0_inet6, idev);
  f.queue_work(f.load(mld_wq), idev.mc_ifc_work);
}

/** One enetc port that is about to send. */
export const about_to_send = (f: FunctionBuilder): void => {
  mld_ifc_event(f, enetc_probe(f, arm_smmu_device_probe(f)));
};

/** One enetc port with a packet on its way. */
export const packet_mapped = (f: FunctionBuilder): void => {
  const ndev = enetc_probe(f, arm_smmu_device_probe(f));
  f.store(ndev.skb, f.kzalloc(SkBuff));
  f.store(ndev.dma, f.kzalloc(IoTlbSlot));
  f.set_bit(ndev.doorbell);
};

/** An enetc port and the SD card, whose driver has no shutdown. */
export const port_and_card = (f: FunctionBuilder): void => {
  const smmu = arm_smmu_device_probe(f);
  const host = f.kzalloc(MmcHost);
  f.store(host.dev, iommu_probe_device(f, smmu));
  f.store(mmc0, host);
  enetc_probe(f, smmu);
};
