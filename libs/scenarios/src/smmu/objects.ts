/**
 * smmu's objects: devices behind an SMMU with their groups and domains, the enetc port with one TX buffer in its ring,
 * the worker that sends. Nothing guards dev->iommu_group: the DMA path reads it with no lock.
 */
import {
  flag,
  KernelModule,
  list,
  mutex,
  ptr,
  refcount,
  spinlock,
  statics,
  Struct,
  work,
  Workqueue,
} from '@lastref/authoring';

export const ARM_SMMU_C = 'drivers/iommu/arm/arm-smmu/arm-smmu.c';
export const ARM_SMMU_V3_C = 'drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c';
export const IOMMU_C = 'drivers/iommu/iommu.c';
export const DMA_IOMMU_C = 'drivers/iommu/dma-iommu.c';
export const MAPPING_C = 'kernel/dma/mapping.c';
export const SWIOTLB_C = 'kernel/dma/swiotlb.c';
export const ENETC_C = 'drivers/net/ethernet/freescale/enetc/enetc.c';
export const ENETC_PF_C = 'drivers/net/ethernet/freescale/enetc/enetc_pf.c';
export const SDHCI_C = 'drivers/mmc/host/sdhci.c';
export const SCH_GENERIC_C = 'net/sched/sch_generic.c';
export const MCAST_C = 'net/ipv6/mcast.c';
export const ICMP_C = 'net/ipv4/icmp.c';
export const SOFTIRQ_C = 'kernel/softirq.c';
export const BASE_PLATFORM_C = 'drivers/base/platform.c';

/** The SMMU with its struct iommu_device, and what its registers say. */
export class ArmSmmuDevice extends Struct {
  static override readonly tag = 'arm_smmu_device';
  static override readonly count = 2;
  /** In iommu_device_list. */
  list = list();
  stream_map_mutex = mutex();
  /** sCR0.CLIENTPD, or SMMUEN cleared in CR0 of version 3: nothing is translated any more. */
  clientpd = flag();
  clks = flag(1);
}

/** Holds a reference for each device behind its SMMU. */
export const arm_smmu = new KernelModule('arm_smmu', 3, [ARM_SMMU_C]);

/** dev->iommu->priv: which entries of the stream map are the device's. */
export class ArmSmmuMasterCfg extends Struct {
  static override readonly tag = 'arm_smmu_master_cfg';
  static override readonly count = 2;
  smendx = flag(1);
}

export class DevIommu extends Struct {
  static override readonly tag = 'dev_iommu';
  static override readonly count = 2;
  iommu_dev = ptr(() => ArmSmmuDevice);
  priv = ptr(() => ArmSmmuMasterCfg);
}

/** The default domain of a group with its IOVA cookie and page table, which live and die with it. */
export class IommuDomain extends Struct {
  static override readonly tag = 'iommu_domain';
  static override readonly count = 2;
  iova_cookie = flag(1);
  pgtbl_ops = flag(1);
}

export class IommuGroup extends Struct {
  static override readonly tag = 'iommu_group';
  static override readonly count = 2;
  /** One reference of each device; the last one frees the group. */
  devices_kobj = refcount(3);
  mutex = mutex();
  devices = list();
  default_domain = ptr(() => IommuDomain);
}

/** struct group_device: a device in the list of its group. */
export class GroupDevice extends Struct {
  static override readonly tag = 'group_device';
  static override readonly count = 2;
  list = list();
  dev = ptr(() => Device);
}

export class Device extends Struct {
  static override readonly tag = 'device';
  static override readonly count = 4;
  mutex = mutex();
  entry = list();
  knode_bus = list();
  iommu = ptr(() => DevIommu);
  /** Plain: written and read with no lock. */
  iommu_group = ptr(() => IommuGroup);
  /** drvdata of the SMMU, of an enetc port. */
  smmu = ptr(() => ArmSmmuDevice);
  netdev = ptr(() => NetDevice);
  /** The SMMU that the device is wired to. */
  of_iommu = ptr(() => ArmSmmuDevice);
  /** The SMMU has entries for the device's stream ID: without them it blocks what the device sends. */
  s2cr = flag();
  /** PCI_COMMAND_MASTER: the device may send. */
  bus_master = flag(1);
}

/** What a mapping takes and only its unmapping gives back: the slot of a bounce buffer. */
export class IoTlbSlot extends Struct {
  static override readonly tag = 'io_tlb_slot';
  static override readonly count = 2;
  busy = flag(1);
}

export class SkBuff extends Struct {
  static override readonly tag = 'sk_buff';
  static override readonly count = 2;
  len = flag(1);
}

/** The enetc port with its private data: a TX ring of one buffer. */
export class NetDevice extends Struct {
  static override readonly tag = 'net_device';
  _xmit_lock = spinlock();
  /** __QUEUE_STATE_DRV_XOFF and the deactivated qdisc: nothing is sent any more. */
  stopped = flag();
  /** Held by who polls: NAPI_STATE_SCHED. */
  napi_sched = spinlock();
  /** NAPI_STATE_DISABLE. */
  napi_disabled = flag();
  dev = ptr(() => Device);
  /** tx_swbd of the one buffer descriptor. */
  skb = ptr(() => SkBuff);
  dma = ptr(() => IoTlbSlot);
  /** The page of the RX ring that was filled again. */
  rx_dma = ptr(() => IoTlbSlot);
  /** The doorbell was rung: the hardware fetches the buffer from here on. */
  doorbell = flag();
}

/** mld_wq of the IPv6 multicast code. */
export class MldWq extends Workqueue {
  static override readonly tag = 'mld_wq';
}

export class Inet6Dev extends Struct {
  static override readonly tag = 'inet6_dev';
  mc_ifc_work = work();
  dev = ptr(() => NetDevice);
}

export class MmcHost extends Struct {
  static override readonly tag = 'sdhci_host';
  dev = ptr(() => Device);
  /** The request's data, mapped. */
  dma = ptr(() => IoTlbSlot);
}

export const {
  devices_kset,
  devices_kset_lock,
  klist_devices,
  iommu_device_list,
  iommu_device_lock,
  rtnl_mutex,
  mld_wq,
  eth0,
  eth0_inet6,
  mmc0,
  smmu0,
} = statics({
  devices_kset: list(),
  devices_kset_lock: spinlock(),
  klist_devices: list(),
  iommu_device_list: list(),
  iommu_device_lock: spinlock(),
  rtnl_mutex: mutex(),
  mld_wq: ptr(() => MldWq),
  eth0: ptr(() => NetDevice),
  eth0_inet6: ptr(() => Inet6Dev),
  mmc0: ptr(() => MmcHost),
  smmu0: ptr(() => Device),
});
