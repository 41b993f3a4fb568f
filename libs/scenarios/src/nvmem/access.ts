/** Reading: the core's entry points down to the provider's callback, and what keeps that from going (drivers/nvmem/core.c). */
import { fn, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { READ_WRITE_C } from '../kernel/files.js';
import { at24_read } from './at24-read.js';
import { At24Data, CORE_C, nvmem0_nvmem, nvmem0_private, type NvmemDevice } from './objects.js';

type Nvmem = Ref<typeof NvmemDevice>;

/** nvmem->reg_read(...); where there is none and nobody looks, a jump to NULL. */
const call_reg_read = (f: FunctionBuilder, nvmem: Nvmem, ops: Ref<typeof At24Data>): void => {
  f.if(
    f.test_bit(nvmem.reg_read),
    () => {
      f.call(at24_read, ops);
    },
    () => {
      if (f.is('callback-unchecked')) f.load(f.pointer('reg_read', At24Data).byte_len);
    },
  );
};

/** Inside of a read section of the device's domain, or of what a variant takes for one. */
const in_section = (f: FunctionBuilder, nvmem: Nvmem, inside: () => void): void => {
  if (f.is('rcu-instead-of-srcu')) {
    f.rcu_read_lock();
    inside();
    f.rcu_read_unlock();
    return;
  }
  const idx = f.srcu_read_lock(nvmem.srcu);
  inside();
  f.srcu_read_unlock(nvmem.srcu, idx);
};

const dereference_ops = (f: FunctionBuilder, nvmem: Nvmem): Ref<typeof At24Data> =>
  f.is('rcu-dereference') || f.is('rcu-instead-of-srcu')
    ? f.rcu_dereference(nvmem.ops)
    : f.srcu_dereference(nvmem.ops, nvmem.srcu);

/** Before the fix nothing keeps the provider; with it, a device that was unregistered gives -ENODEV. */
const nvmem_reg_read = fn('nvmem_reg_read', CORE_C, (f, nvmem: Nvmem) => {
  if (!f.is('ops-under-srcu')) {
    call_reg_read(f, nvmem, f.load(nvmem.ops));
    return;
  }
  in_section(f, nvmem, () => {
    const ops = dereference_ops(f, nvmem);
    f.if(
      ops,
      () => {
        call_reg_read(f, nvmem, ops);
      },
      () => {
        f.milestone('refused');
      },
    );
  });
});

/** The attribute's own test is -EPERM, whatever the core says below. */
const bin_attr_nvmem_read = fn('bin_attr_nvmem_read', CORE_C, (f, nvmem: Nvmem) => {
  const read = (): void => {
    if (f.is('callback-unchecked')) f.call(nvmem_reg_read, nvmem);
    else
      f.if(f.test_bit(nvmem.reg_read), () => {
        f.call(nvmem_reg_read, nvmem);
      });
  };
  if (f.is('srcu-covers-sysfs')) in_section(f, nvmem, read);
  else read();
});

export const nvmem_cell_read = fn('nvmem_cell_read', CORE_C, (f, nvmem: Nvmem) => {
  f.call(nvmem_reg_read, nvmem);
});

/** read(2) of /sys/bus/nvmem/devices/X/nvmem. */
const sys_read = fn('sys_read', READ_WRITE_C, (f) => {
  f.if(f.kernfs_get_active(nvmem0_nvmem), () => {
    f.call(bin_attr_nvmem_read, f.load(nvmem0_private));
    f.kernfs_put_active(nvmem0_nvmem);
  });
});

export const cat_nvmem = (f: FunctionBuilder): void => {
  f.call(sys_read);
};
