/** The cases asked of smmu's variants: what traffic there is while the machine goes down. */
import {
  task,
  type AnyStruct,
  type CaseSpec,
  type Param,
  type SizedCase,
  type TaskSpec,
} from '@lastref/authoring';
import { MAP_FAULT } from './dma-iommu.js';
import { ksoftirqd } from './enetc.js';
import { about_to_send, packet_mapped, port_and_card } from './given.js';
import { dma_engine } from './hardware.js';
import {
  ArmSmmuDevice,
  ArmSmmuMasterCfg,
  Device,
  DevIommu,
  GroupDevice,
  IommuDomain,
  IommuGroup,
  IoTlbSlot,
  SkBuff,
} from './objects.js';
import { rmmod } from './rmmod.js';
import { sdhci_request } from './sdhci.js';
import { reboot } from './shutdown.js';

type Params = NonNullable<CaseSpec['params']>;

const REBOOT = task('reboot -f', reboot);
const KSOFTIRQD = task('ksoftirqd', ksoftirqd);
const DMA_ENGINE = task('DMA', dma_engine);

/** Pool sizes for the SMMUs and the port with what shares its group. */
const pools = (param: Param): [AnyStruct, number][] => {
  const clients = 1 + param('shared-group');
  const packets = param('packets');
  return [
    [ArmSmmuDevice, param('smmus')],
    [Device, param('smmus') + clients],
    [DevIommu, clients],
    [ArmSmmuMasterCfg, clients],
    [GroupDevice, clients],
    [IommuGroup, 1],
    [IommuDomain, 1],
    [IoTlbSlot, Math.min(packets, 2) + param('rx-refill')],
    [SkBuff, Math.min(packets, 2)],
  ];
};

/** With the hardware as a task of its own where it is checked. */
const sized = (
  title: string,
  tasks: readonly TaskSpec[],
  spec: Omit<CaseSpec, 'title' | 'tasks' | 'objects'>,
  params: Params = {},
): SizedCase => ({
  title,
  params,
  sized: (param) => ({
    ...spec,
    tasks: [...tasks, ...(param('hardware') === 1 ? [DMA_ENGINE] : [])],
    objects: pools(param),
  }),
});

const traffic_with = (title: string, params?: Params): SizedCase =>
  sized(
    title,
    [REBOOT, KSOFTIRQD],
    { given: about_to_send, reaches: ['translation-off', 'sent', 'completed'] },
    params,
  );

export const traffic = traffic_with(
  'reboot -f, a packet is sent by a worker and completed in softirq',
);

export const map = sized('reboot -f, a packet is sent', [REBOOT], {
  given: about_to_send,
  reaches: ['translation-off', 'sent'],
});

export const unmap = sized(
  'reboot -f, a packet that was sent before is completed in softirq',
  [REBOOT, KSOFTIRQD],
  { given: packet_mapped, reaches: ['translation-off', 'completed'] },
);

export const traffic_ends_before_release = sized(
  'the packet is completed before the device is taken out of its group',
  [REBOOT, KSOFTIRQD],
  {
    given: about_to_send,
    order: [['completed', 'group-cleared']],
    reaches: ['translation-off', 'completed'],
  },
);

export const other_driver: CaseSpec = {
  title: 'reboot -f, a request to the SD card',
  given: port_and_card,
  tasks: [REBOOT, task('mmc_blk', sdhci_request)],
  objects: [
    [ArmSmmuDevice, 1],
    [Device, 3],
    [IoTlbSlot, 1],
  ],
  reaches: ['translation-off', 'request-mapped'],
};

export const map_fails = sized('reboot -f, no IOVA is left for the packet', [REBOOT, KSOFTIRQD], {
  given: about_to_send,
  faults: { points: { [MAP_FAULT]: 16_384 } },
  reaches: ['dropped'],
});

export const network_down_first: SizedCase = sized(
  'reboot, init takes the network down first',
  [task('reboot', reboot), KSOFTIRQD],
  { given: about_to_send, reaches: ['translation-off', 'sent', 'completed'] },
  { forced: 0 },
);

export const shared_group = traffic_with('another device is in the group of the port', {
  'shared-group': 1,
});

export const hardware = traffic_with('DMA and registers are checked', { hardware: 1 });

export const hardware_with_runtime_pm = traffic_with('the same, the SMMU has runtime PM', {
  hardware: 1,
  'runtime-pm': 1,
});

export const smmu_not_woken = traffic_with('the SMMU cannot be woken to release a device', {
  'runtime-pm': 2,
});

export const module_exit = sized(
  'rmmod of the SMMU driver while packets are sent',
  [task('rmmod arm_smmu', rmmod), KSOFTIRQD],
  { given: about_to_send, reaches: ['sent', 'completed'] },
);
