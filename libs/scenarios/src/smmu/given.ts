/** Prologues: devices probed behind an SMMU, each in a group of its own, and what traffic there was before time 0. */
import type { FunctionBuilder, Ref } from '@lastref/authoring';
import { dma_map_page_attrs } from './dma-iommu.js';
import {
  arm_smmu,
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
  klist_devices,
  mld_wq,
  MldWq,
  mmc0,
  MmcHost,
  NetDevice,
  SkBuff,
  smmu0,
} from './objects.js';

type Dev = Ref<typeof Device>;
type Smmu = Ref<typeof ArmSmmuDevice>;

/** Added last, a device is shut down first. */
function device_add(f: FunctionBuilder, dev: Dev): void {
  f.list_add_tail(dev.entry, devices_kset);
  f.list_add_tail(dev.knode_bus, klist_devices);
}

function arm_smmu_device_probe(f: FunctionBuilder): { dev: Dev; smmu: Smmu } {
  const dev = f.kzalloc(Device);
  const smmu = f.kzalloc(ArmSmmuDevice);
  f.list_add_tail(smmu.list, iommu_device_list);
  f.store(dev.smmu, smmu);
  return { dev, smmu };
}

/** SMMUs, then what is probed behind the first, then whatever SMMU is to be shut down before its consumers. */
function machine(f: FunctionBuilder, consumers: (smmu: Smmu) => void): void {
  for (const head of [devices_kset, klist_devices, iommu_device_list]) f.INIT_LIST_HEAD(head);
  const { dev, smmu } = arm_smmu_device_probe(f);
  f.store(smmu0, dev);
  const first = f.param('smmu-first') === 1;
  if (!first) device_add(f, dev);
  if (f.param('smmus') === 2) device_add(f, arm_smmu_device_probe(f).dev);
  consumers(smmu);
  if (first) device_add(f, dev);
}

function iommu_group_alloc(f: FunctionBuilder): Ref<typeof IommuGroup> {
  const group = f.kzalloc(IommuGroup);
  f.INIT_LIST_HEAD(group.devices);
  f.store(group.default_domain, f.kzalloc(IommuDomain));
  return group;
}

function iommu_probe_device(
  f: FunctionBuilder,
  smmu: Smmu,
  group: Ref<typeof IommuGroup>,
): Ref<typeof Device> {
  const dev = f.kzalloc(Device);
  const iommu = f.kzalloc(DevIommu);
  f.ignore(f.try_module_get(arm_smmu));
  f.store(iommu.iommu_dev, smmu);
  f.store(iommu.priv, f.kzalloc(ArmSmmuMasterCfg));
  f.store(dev.iommu, iommu);
  f.store(dev.of_iommu, smmu);
  f.set_bit(dev.s2cr);
  const device = f.kzalloc(GroupDevice);
  f.store(device.dev, dev);
  f.list_add_tail(device.list, group.devices);
  f.store(dev.iommu_group, group);
  device_add(f, dev);
  return dev;
}

/** The port, and where the group is shared another function of its card. */
function enetc_probe(f: FunctionBuilder, smmu: Smmu): Ref<typeof NetDevice> {
  const group = iommu_group_alloc(f);
  const shared = f.param('shared-group');
  f.refcount_set(group.devices_kobj, 1 + shared);
  const dev = iommu_probe_device(f, smmu, group);
  if (shared === 1) iommu_probe_device(f, smmu, group);
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
  machine(f, (smmu) => {
    const ndev = enetc_probe(f, smmu);
    if (f.param('ping') === 0) mld_ifc_event(f, ndev);
  });
};

/** One enetc port with a packet on its way. */
export const packet_mapped = (f: FunctionBuilder): void => {
  machine(f, (smmu) => {
    const ndev = enetc_probe(f, smmu);
    f.store(ndev.skb, f.kzalloc(SkBuff));
    f.store(ndev.dma, f.call(dma_map_page_attrs, f.load(ndev.dev)));
    f.set_bit(ndev.doorbell);
  });
};

/** An enetc port and the SD card, whose driver has no shutdown. */
export const port_and_card = (f: FunctionBuilder): void => {
  machine(f, (smmu) => {
    const group = iommu_group_alloc(f);
    f.refcount_set(group.devices_kobj, 1);
    const host = f.kzalloc(MmcHost);
    f.store(host.dev, iommu_probe_device(f, smmu, group));
    f.store(mmc0, host);
    enetc_probe(f, smmu);
  });
};
