/** smmu: the SMMU unregisters at shutdown while packets are mapped. The story is in README.md beside this file. */
import type { Scenario } from '@lastref/authoring';
import * as cases from './cases.js';
import { mld_ifc_work } from './enetc.js';
import { arm_smmu, Inet6Dev } from './objects.js';
import { params } from './params.js';

const main = { main: cases.traffic };
const FIXED = ['unregister-walks-buses'];
const BUGGY = [...FIXED, 'shutdown-removes'];

export const smmu: Scenario = {
  name: 'smmu',
  title: 'the SMMU unregisters at shutdown while packets are mapped',
  switches: {
    'shutdown-removes': 'b06c076ea962: arm_smmu_device_shutdown is arm_smmu_device_remove',
    'unregister-walks-buses': '57365a04c921: iommu_device_unregister releases every device',
    'smmu-v3': 'the driver of version 3',
    'enetc-shutdown': 'enetc gets a shutdown that closes the port',
    'null-check': 'iommu_get_dma_domain tests the group',
    'rcu-group': 'RCU protects dev->iommu_group: freed a grace period after it was cleared',
  },
  params,
  modules: [arm_smmu],
  works: [[Inet6Dev, 'mc_ifc_work', mld_ifc_work]],
  variants: {
    'disable-only-shutdown': {
      title: 'shutdown only disables, before b06c076ea962',
      switches: [],
      cases: main,
    },
    'remove-on-shutdown-unlist-only': {
      title: 'shutdown removes, unregistering only unlists',
      switches: ['shutdown-removes'],
      cases: main,
    },
    buggy: {
      title: 'shutdown removes, unregistering releases every device',
      switches: BUGGY,
      cases: {
        ...main,
        'map-after-release': cases.map,
        'unmap-in-softirq': cases.unmap,
        'no-traffic-after-release': cases.traffic_ends_before_release,
        'network-down-first': cases.network_down_first,
        'shared-group': cases.shared_group,
        'smmu-not-woken': cases.smmu_not_woken,
        'map-fails': cases.map_fails,
      },
    },
    fixed: {
      title: 'shutdown only disables',
      switches: FIXED,
      cases: {
        ...main,
        map: cases.map,
        'unmap-later': cases.unmap,
        'other-driver': cases.other_driver,
        'shared-group': cases.shared_group,
        'map-fails': cases.map_fails,
        rmmod: cases.module_exit,
        hardware: cases.hardware,
        'hardware-with-runtime-pm': cases.hardware_with_runtime_pm,
      },
    },
    'smmuv3-buggy': {
      title: 'the same in version 3',
      switches: [...BUGGY, 'smmu-v3'],
      cases: main,
    },
    'smmuv3-fixed': {
      title: 'version 3 only disables',
      switches: [...FIXED, 'smmu-v3'],
      cases: main,
    },
    'every-driver-shutdown': {
      title: 'enetc closes its port at shutdown',
      switches: [...BUGGY, 'enetc-shutdown'],
      cases: { ...main, 'other-driver': cases.other_driver },
    },
    'null-check-only': {
      title: 'a device without a group is tested for',
      switches: [...BUGGY, 'null-check'],
      cases: main,
    },
    'rcu-protected-group': {
      title: 'RCU protects the group',
      switches: [...BUGGY, 'rcu-group'],
      cases: { map: cases.map, 'unmap-later': cases.unmap },
    },
  },
};
