/**
 * Registration of an IOMMU and release of its devices (drivers/iommu/iommu.c). Since 57365a04c921 unregistering walks
 * the buses and takes each device out of its group, whoever uses it.
 */
import { fn, primitive, type Ref } from '@lastref/authoring';
import { BASE_BUS_C } from '../kernel/files.js';
import { release_device } from './arm-smmu-release.js';
import {
  arm_smmu,
  Device,
  GroupDevice,
  IOMMU_C,
  iommu_device_lock,
  klist_devices,
  type ArmSmmuDevice,
  type IommuDomain,
  type IommuGroup,
} from './objects.js';

type Dev = Ref<typeof Device>;
type Smmu = Ref<typeof ArmSmmuDevice>;

const iommu_domain_free = fn('iommu_domain_free', IOMMU_C, (f, domain: Ref<typeof IommuDomain>) => {
  f.kfree(domain);
});

const iommu_group_release = fn(
  'iommu_group_release',
  IOMMU_C,
  (f, group: Ref<typeof IommuGroup>) => {
    f.call(iommu_domain_free, f.load(group.default_domain));
    f.kfree(group);
  },
);

/** kobject_put(group->devices_kobj): the last device's reference frees the group. */
const iommu_group_put = primitive('kobject_put', IOMMU_C, (f, group: Ref<typeof IommuGroup>) => {
  f.if(f.refcount_dec_and_test(group.devices_kobj), () => {
    f.call(iommu_group_release, group);
  });
});

const iommu_group_remove_device = fn('iommu_group_remove_device', IOMMU_C, (f, dev: Dev) => {
  const group = f.load(dev.iommu_group);
  f.if(f.is_null(group), () => {
    f.return();
  });
  const device = f.pointer('device', GroupDevice);
  f.mutex_lock(group.mutex);
  f.ignore(f.list_next_entry(device, group.devices, 'list'));
  f.while(
    () => f.not(f.eq(f.load(device.dev), dev)),
    () => {
      f.ignore(f.list_next_entry(device, device.list, 'list'));
    },
  );
  f.list_del(device.list);
  f.mutex_unlock(group.mutex);
  f.kfree(device);
  f.milestone('group-cleared');
  if (f.is('rcu-group')) {
    f.rcu_assign_pointer(dev.iommu_group, null);
    f.synchronize_rcu();
  } else f.store(dev.iommu_group, null);
  f.call(iommu_group_put, group);
});

const dev_iommu_free = fn('dev_iommu_free', IOMMU_C, (f, dev: Dev) => {
  const param = f.load(dev.iommu);
  f.store(dev.iommu, null);
  f.kfree(param);
});

const iommu_release_device = fn('iommu_release_device', IOMMU_C, (f, dev: Dev) => {
  release_device(f, dev);
  f.call(iommu_group_remove_device, dev);
  f.module_put(arm_smmu);
  f.call(dev_iommu_free, dev);
});

const remove_iommu_group = fn('remove_iommu_group', IOMMU_C, (f, dev: Dev, smmu: Smmu) => {
  const iommu = f.load(dev.iommu);
  f.if(iommu, () => {
    f.if(f.eq(f.load(iommu.iommu_dev), smmu), () => {
      f.call(iommu_release_device, dev);
    });
  });
});

/** Devices stay on their bus while this walks it. */
const bus_for_each_dev = primitive('bus_for_each_dev', BASE_BUS_C, (f, smmu: Smmu) => {
  const dev = f.pointer('dev', Device);
  f.if(f.list_next_entry(dev, klist_devices, 'knode_bus'), () => {
    f.label('next');
    f.call(remove_iommu_group, dev, smmu);
    f.if(f.list_next_entry(dev, dev.knode_bus, 'knode_bus'), () => {
      f.goto('next');
    });
  });
});

export const iommu_device_unregister = fn('iommu_device_unregister', IOMMU_C, (f, smmu: Smmu) => {
  if (f.is('unregister-walks-buses')) f.call(bus_for_each_dev, smmu);
  f.spin_lock(iommu_device_lock);
  f.list_del(smmu.list);
  f.spin_unlock(iommu_device_lock);
});
