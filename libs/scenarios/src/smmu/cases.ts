/** The cases asked of smmu's variants: what traffic there is while the machine goes down. */
import { task, type AnyStruct, type CaseSpec } from '@lastref/authoring';
import { ksoftirqd } from './enetc.js';
import { about_to_send, packet_mapped, port_and_card } from './given.js';
import {
  ArmSmmuMasterCfg,
  Device,
  DevIommu,
  GroupDevice,
  IommuDomain,
  IommuGroup,
  IoTlbSlot,
} from './objects.js';
import { sdhci_request } from './sdhci.js';
import { reboot } from './shutdown.js';

const REBOOT = task('reboot -f', reboot);
const KSOFTIRQD = task('ksoftirqd', ksoftirqd);

/** Pool sizes for the SMMU and one device behind it. */
const ONE_DEVICE: [AnyStruct, number][] = [
  [Device, 2],
  [DevIommu, 1],
  [ArmSmmuMasterCfg, 1],
  [IommuGroup, 1],
  [IommuDomain, 1],
  [GroupDevice, 1],
  [IoTlbSlot, 1],
];

export const traffic: CaseSpec = {
  title: 'reboot -f, a packet is sent by a worker and completed in softirq',
  given: about_to_send,
  tasks: [REBOOT, KSOFTIRQD],
  objects: ONE_DEVICE,
  reaches: ['translation-off', 'sent', 'completed'],
};

export const map: CaseSpec = {
  title: 'reboot -f, a packet is sent',
  given: about_to_send,
  tasks: [REBOOT],
  objects: ONE_DEVICE,
  reaches: ['translation-off', 'sent'],
};

export const unmap: CaseSpec = {
  title: 'reboot -f, a packet that was sent before is completed in softirq',
  given: packet_mapped,
  tasks: [REBOOT, KSOFTIRQD],
  objects: ONE_DEVICE,
  reaches: ['translation-off', 'completed'],
};

export const traffic_ends_before_release: CaseSpec = {
  ...traffic,
  title: 'the packet is completed before the device is taken out of its group',
  order: [['completed', 'group-cleared']],
};

export const other_driver: CaseSpec = {
  title: 'reboot -f, a request to the SD card',
  given: port_and_card,
  tasks: [REBOOT, task('mmc_blk', sdhci_request)],
  objects: [[IoTlbSlot, 1]],
  reaches: ['translation-off', 'request-mapped'],
};
