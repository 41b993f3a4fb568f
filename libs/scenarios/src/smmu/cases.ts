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
import { reply_to_ping, softirq } from './enetc.js';
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

/** When the packet is there that the hardware fetches. */
type Sent = 'before' | 'during';

/** Who sends: a worker that is about to, or a softirq. */
const sender = (param: Param): TaskSpec[] =>
  param('ping') === 1 ? [task('ping', reply_to_ping, { context: 'softirq' })] : [];

/** What the port does by itself: the hardware, where it is checked, then NAPI for each packet. */
function port(param: Param, sent: Sent): TaskSpec[] {
  const doorbell = sent === 'during' ? { after: 'sent' } : {};
  const checked = param('hardware') === 1;
  const completed = checked ? { after: 'interrupt' } : doorbell;
  const polls = Array.from({ length: param('packets') }, (_, i) =>
    task(i === 0 ? 'NET_RX' : `NET_RX (${i + 1})`, softirq, { context: 'softirq', ...completed }),
  );
  return [...(checked ? [task('DMA', dma_engine, doorbell)] : []), ...polls];
}

type Sized = Omit<CaseSpec, 'title' | 'tasks' | 'objects'>;

const sized = (
  title: string,
  tasks: readonly TaskSpec[],
  sent: Sent | 'not completed',
  spec: Sized,
  params: Params = {},
): SizedCase => ({
  title,
  params,
  sized: (param) => ({
    ...spec,
    tasks: [
      ...tasks,
      ...(sent === 'before' ? [] : sender(param)),
      ...(sent === 'not completed' ? [] : port(param, sent)),
    ],
    objects: pools(param),
  }),
});

const traffic_with = (title: string, params?: Params): SizedCase =>
  sized(
    title,
    [REBOOT],
    'during',
    { given: about_to_send, reaches: ['translation-off', 'sent', 'completed'] },
    params,
  );

export const traffic = traffic_with(
  'reboot -f, a packet is sent by a worker and completed in softirq',
);

export const map = sized('reboot -f, a packet is sent', [REBOOT], 'not completed', {
  given: about_to_send,
  reaches: ['translation-off', 'sent'],
});

export const unmap = sized(
  'reboot -f, a packet that was sent before is completed in softirq',
  [REBOOT],
  'before',
  { given: packet_mapped, reaches: ['translation-off', 'completed'] },
);

export const traffic_ends_before_release = sized(
  'the packet is completed before the device is taken out of its group',
  [REBOOT],
  'during',
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

export const map_fails = sized('reboot -f, no IOVA is left for the packet', [REBOOT], 'during', {
  given: about_to_send,
  faults: { points: { [MAP_FAULT]: 16_384 } },
  reaches: ['dropped'],
});

export const network_down_first: SizedCase = sized(
  'reboot, init takes the network down first',
  [task('reboot', reboot)],
  'during',
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
  [task('rmmod arm_smmu', rmmod)],
  'during',
  { given: about_to_send, reaches: ['sent', 'completed'] },
);
