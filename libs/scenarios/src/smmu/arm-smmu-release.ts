/** The release_device of both SMMU drivers: the device's entries of the stream map, then what the driver keeps of it. */
import { fn, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { ARM_SMMU_C, ARM_SMMU_V3_C, type Device } from './objects.js';

type Dev = Ref<typeof Device>;

/** From here on the SMMU blocks what the device sends. */
const arm_smmu_master_free_smes = fn('arm_smmu_master_free_smes', ARM_SMMU_C, (f, dev: Dev) => {
  const iommu = f.load(dev.iommu);
  const smmu = f.load(iommu.iommu_dev);
  f.mutex_lock(smmu.stream_map_mutex);
  f.clear_bit(dev.s2cr);
  f.clear_bit(f.load(iommu.priv).smendx);
  f.mutex_unlock(smmu.stream_map_mutex);
});

const arm_smmu_release_device = fn('arm_smmu_release_device', ARM_SMMU_C, (f, dev: Dev) => {
  const iommu = f.load(dev.iommu);
  // arm_smmu_rpm_get() < 0: nothing is released, and nobody comes back for it.
  if (f.param('runtime-pm') === 2) return;
  f.call(arm_smmu_master_free_smes, dev);
  const cfg = f.load(iommu.priv);
  f.store(iommu.priv, null);
  f.kfree(cfg);
});

/** Version 3: streams_mutex, and the master is freed with no pointer cleared. */
const arm_smmu_remove_master = fn('arm_smmu_remove_master', ARM_SMMU_V3_C, (f, dev: Dev) => {
  const smmu = f.load(f.load(dev.iommu).iommu_dev);
  f.mutex_lock(smmu.stream_map_mutex);
  f.clear_bit(dev.s2cr);
  f.mutex_unlock(smmu.stream_map_mutex);
});

const arm_smmu_v3_release_device = fn('arm_smmu_release_device', ARM_SMMU_V3_C, (f, dev: Dev) => {
  const master = f.load(f.load(dev.iommu).priv);
  f.call(arm_smmu_remove_master, dev);
  f.kfree(master);
});

/** ops->release_device of the driver that the variant has. */
export const release_device = (f: FunctionBuilder, dev: Dev): void => {
  if (f.is('smmu-v3')) f.call(arm_smmu_v3_release_device, dev);
  else f.call(arm_smmu_release_device, dev);
};
