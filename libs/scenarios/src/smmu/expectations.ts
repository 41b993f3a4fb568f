/**
 * What is expected of smmu's cases. `report` comes from the bug report, `source` from the kernel's source, `inferred`
 * was reasoned. Four rows named less than happens and were corrected. What the hardware does is looked at in two only.
 */
import { expectations } from '../expectation.js';

const GROUP = 'null-deref@iommu_get_dma_domain;use-after-free@iommu_get_dma_domain';
const MAP = 'use-after-free@iommu_dma_map_page';
const UNMAP = 'use-after-free@iommu_dma_unmap_page';
/** Traffic of both kinds: what is listed for one alone occurs beside what is listed for the other. */
const MAP_AND_UNMAP = {
  expect: `all:${GROUP};${MAP};${UNMAP}`,
  corrected: 'the unmap in softirq has the window of the map, which alone was listed at first',
} as const;
const PAST_SMMU = 'invariant@fetch_tx_bd';
const TRAFFIC = 'a packet is mapped by a worker and unmapped in softirq during reboot -f';

export const smmuExpectations = expectations('smmu', {
  'disable-only-shutdown': {
    main: { title: TRAFFIC, expect: 'clean', reports: [], basis: 'report' },
  },
  'remove-on-shutdown-unlist-only': {
    main: { title: TRAFFIC, expect: 'clean', reports: [], basis: 'report' },
  },
  buggy: {
    main: { title: TRAFFIC, ...MAP_AND_UNMAP, reports: [], basis: 'report' },
    'map-after-release': {
      title: 'map only',
      expect: `all:${GROUP};${MAP}`,
      min: '0/0/1',
      reports: [],
      basis: 'report',
    },
    'unmap-in-softirq': {
      title: 'a packet was mapped before: unmap only',
      expect: `any:${GROUP};${UNMAP}`,
      min: '0/0/1',
      reports: [],
      basis: 'report',
    },
    'no-traffic-after-release': {
      title: 'traffic ends before release',
      expect: 'clean',
      reports: [],
      basis: 'inferred',
    },
    'network-down-first': {
      title: 'a reboot that is not forced: init has taken the network down',
      expect: 'clean',
      reports: [],
      basis: 'inferred',
    },
    'shared-group': {
      title: 'another device is in the group and keeps it for a while',
      expect: `all:${GROUP};${MAP};${UNMAP}`,
      reports: [],
      control: 'fixed/shared-group',
      basis: 'inferred',
    },
    'smmu-not-woken': {
      title: 'the SMMU cannot be woken, so that release_device gives up',
      expect: `all:leak@given|any:${GROUP};${MAP};${UNMAP}`,
      reports: [],
      basis: 'inferred',
    },
    'map-fails': {
      title: 'a packet that cannot be mapped is dropped; one that can is as in main',
      expect: `all:${GROUP};${MAP};${UNMAP}`,
      reports: [],
      control: 'fixed/map-fails',
      basis: 'inferred',
    },
  },
  fixed: {
    main: { title: TRAFFIC, expect: 'clean', reports: [], basis: 'report' },
    map: { title: 'map only', expect: 'clean', reports: [], basis: 'report' },
    'unmap-later': {
      title: 'mapped before, unmapped after',
      expect: 'clean',
      reports: [],
      basis: 'report',
    },
    'other-driver': {
      title: 'another driver without a shutdown',
      expect: 'clean',
      reports: [],
      basis: 'report',
    },
    'shared-group': {
      title: 'another device is in the group',
      expect: 'clean',
      reports: [],
      basis: 'inferred',
    },
    'map-fails': {
      title: 'a packet that cannot be mapped is dropped',
      expect: 'clean',
      reports: [],
      basis: 'inferred',
    },
    rmmod: {
      title: 'module exit is refused while devices hold references',
      expect: 'clean',
      reports: [],
      basis: 'report',
    },
    hardware: {
      title: 'what no fix of the kernel side mends: DMA past the SMMU, registers without clocks',
      expect: `all:${PAST_SMMU};invariant@arm_smmu_tlb_sync_context`,
      reports: [],
      basis: 'inferred',
    },
    'hardware-with-runtime-pm': {
      title: 'with runtime PM no register is touched after shutdown',
      expect: `all:${PAST_SMMU}`,
      reports: [],
      basis: 'inferred',
    },
  },
  'smmuv3-buggy': {
    main: { title: TRAFFIC, ...MAP_AND_UNMAP, reports: [], basis: 'source' },
  },
  'smmuv3-fixed': {
    main: { title: TRAFFIC, expect: 'clean', reports: [], basis: 'source' },
  },
  'every-driver-shutdown': {
    main: {
      title: 'only the driver that has a shutdown has traffic',
      expect: 'clean',
      reports: [],
      basis: 'report',
    },
    'other-driver': {
      title: 'another driver without a shutdown',
      expect: `any:${GROUP};${MAP}`,
      min: '0/0/1',
      corrected:
        'the group and the domain of the other driver are freed too, so its map has all windows of buggy',
      reports: [],
      control: 'fixed/other-driver',
      basis: 'report',
    },
  },
  'rcu-protected-group': {
    map: { title: 'map during reboot -f', expect: 'clean', reports: [], basis: 'inferred' },
    'unmap-later': {
      title: 'mapped before, unmapped after',
      expect: 'all:leak@iommu_dma_map_page',
      reports: [],
      control: 'fixed/unmap-later',
      basis: 'inferred',
    },
  },
  'null-check-only': {
    main: {
      title: 'group freed between the two loads',
      expect: `all:use-after-free@iommu_get_dma_domain;${MAP};${UNMAP};leak@iommu_dma_map_page`,
      min: '0/1/2',
      corrected:
        'the traffic of fixed/main unmaps too: that has the same window, and behind the test it leaves the mapping',
      reports: [],
      control: 'fixed/main',
      basis: 'inferred',
    },
  },
});
