/** rmmod arm_smmu (kernel/module.c): refused while a device holds a reference, so removal proper never races with traffic. */
import { primitive, type FunctionBuilder } from '@lastref/authoring';
import { MODULE_C } from '../kernel/files.js';
import { arm_smmu_device_remove } from './arm-smmu.js';
import { arm_smmu, smmu0 } from './objects.js';

const delete_module = primitive('delete_module', MODULE_C, (f) => {
  f.if(f.module_begin_exit(arm_smmu), () => {
    f.milestone('module-exits');
    f.call(arm_smmu_device_remove, f.load(smmu0));
    f.module_free(arm_smmu);
  });
});

export const rmmod = (f: FunctionBuilder): void => {
  f.call(delete_module);
};
