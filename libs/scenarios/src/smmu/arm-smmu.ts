/**
 * Shutdown and removal of the SMMU (arm-smmu.c, arm-smmu-v3.c). Since b06c076ea962 shutdown is removal; the fix turns
 * the hardware off and leaves the kernel's own state alone.
 */
import { fn, primitive, type Fn, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { iommu_device_unregister } from './iommu.js';
import { ARM_SMMU_C, ARM_SMMU_V3_C, type ArmSmmuDevice, type Device } from './objects.js';

type Dev = Ref<typeof Device>;
type Smmu = Ref<typeof ArmSmmuDevice>;

/** Clients bypass the SMMU (sCR0.CLIENTPD), then its clocks go. */
const turn_off = primitive('arm_smmu_gr0_write', ARM_SMMU_C, (f, smmu: Smmu) => {
  f.milestone('translation-off');
  f.set_bit(smmu.clientpd);
  f.clear_bit(smmu.clks);
});

/** Version 3: CR0 is zeroed; there are no clocks to take. */
const arm_smmu_device_disable = fn('arm_smmu_device_disable', ARM_SMMU_V3_C, (f, smmu: Smmu) => {
  f.milestone('translation-off');
  f.set_bit(smmu.clientpd);
});

const disable = (f: FunctionBuilder, smmu: Smmu): void => {
  if (f.is('smmu-v3')) f.call(arm_smmu_device_disable, smmu);
  else f.call(turn_off, smmu);
};

/** The same before the fix, whose remove calls shutdown for the second half. */
const remove = (file: string): Fn<[dev: Dev], void> =>
  fn('arm_smmu_device_remove', file, (f, dev: Dev) => {
    const smmu = f.load(dev.smmu);
    f.call(iommu_device_unregister, smmu);
    disable(f, smmu);
  });

export const arm_smmu_device_remove = remove(ARM_SMMU_C);
const arm_smmu_v3_device_remove = remove(ARM_SMMU_V3_C);

const shutdown = (file: string, remove_of_driver: Fn<[dev: Dev], void>): Fn<[dev: Dev], void> =>
  fn('arm_smmu_device_shutdown', file, (f, dev: Dev) => {
    if (f.is('shutdown-removes')) f.call(remove_of_driver, dev);
    else disable(f, f.load(dev.smmu));
  });
const arm_smmu_device_shutdown = shutdown(ARM_SMMU_C, arm_smmu_device_remove);
const arm_smmu_v3_device_shutdown = shutdown(ARM_SMMU_V3_C, arm_smmu_v3_device_remove);

/** The shutdown of the platform_driver that the variant has. */
export const smmu_shutdown = (f: FunctionBuilder, dev: Dev): void => {
  f.call(f.is('smmu-v3') ? arm_smmu_v3_device_shutdown : arm_smmu_device_shutdown, dev);
};
