/** Life of an nvmem device: registering, unregistering, and what each reference keeps (drivers/nvmem/core.c). */
import { fn, primitive, type FunctionBuilder, type Ref } from '@lastref/authoring';
import {
  cleanup_srcu_struct,
  device_add,
  device_del,
  device_initialize,
  init_srcu_struct,
  put_device,
  synchronize_srcu_by_work,
} from '../kernel/index.js';
import { nvmem_sysfs_setup_compat, remove_compat } from './compat.js';
import { call_notifier_chain } from './notifier.js';
import {
  CORE_C,
  GpioDesc,
  GPIOLIB_C,
  KREF_H,
  nvmem0_nvmem,
  nvmem0_private,
  nvmem_bus,
  nvmem_mutex,
  NvmemCellEntry,
  NvmemDevice,
  NvmemLayout,
  rcu_gp_wq,
  i2c_bus_lock,
  type At24Data,
} from './objects.js';

type Nvmem = Ref<typeof NvmemDevice>;

const PRESENCE = { files: [nvmem0_nvmem], bus: { devices: nvmem_bus, as: 0 } };

const nvmem_device_remove_all_cells = fn(
  'nvmem_device_remove_all_cells',
  CORE_C,
  (f, nvmem: Nvmem) => {
    const cell = f.pointer('cell', NvmemCellEntry);
    f.while(
      () => f.list_next_entry(cell, nvmem.cells, 'node'),
      () => {
        f.mutex_lock(nvmem_mutex);
        f.list_del(cell.node);
        f.mutex_unlock(nvmem_mutex);
        f.kfree(cell);
      },
    );
  },
);

const has_srcu = (f: FunctionBuilder): boolean =>
  f.is('ops-under-srcu') && !f.is('rcu-instead-of-srcu');

/** The last put_device: the device's release function. */
export const nvmem_release = fn('nvmem_release', CORE_C, (f, nvmem: Nvmem) => {
  if (f.is('compat-removed-in-release') && f.param('compat') === 1) f.call(remove_compat);
  if (f.is('ops-under-srcu')) f.call(nvmem_device_remove_all_cells, nvmem);
  if (has_srcu(f) && !f.is('no-srcu-cleanup'))
    cleanup_srcu_struct(f, nvmem, f.param('gp_work') === 1 ? rcu_gp_wq : undefined);
  if (f.param('wp') === 1) f.kfree(f.load(nvmem.wp_gpio));
  f.kfree(nvmem);
});

const nvmem_destroy_layout = (f: FunctionBuilder, nvmem: Nvmem): void => {
  if (f.param('layout') === 0) return;
  f.kfree(f.load(nvmem.layout));
  f.store(nvmem.layout, null);
};

/** Off the bus, and drained of those that read its file. */
const device_unregister = (f: FunctionBuilder, nvmem: Nvmem): void => {
  device_del(f, PRESENCE);
  put_device(f, nvmem, nvmem_release);
};

/** Before the fix: the last put of the second count. */
const nvmem_device_release = fn('nvmem_device_release', CORE_C, (f, nvmem: Nvmem) => {
  call_notifier_chain(f);
  if (f.param('compat') === 1) f.call(remove_compat);
  f.call(nvmem_device_remove_all_cells, nvmem);
  nvmem_destroy_layout(f, nvmem);
  device_unregister(f, nvmem);
});

export const kref_put_refcnt = primitive('kref_put', KREF_H, (f, nvmem: Nvmem) => {
  f.if(f.refcount_dec_and_test(nvmem.refcnt), () => {
    f.call(nvmem_device_release, nvmem);
  });
});

/** Waits for those inside of the provider's callbacks. */
const synchronize = (f: FunctionBuilder, nvmem: Nvmem): void => {
  if (f.is('rcu-instead-of-srcu')) f.synchronize_rcu();
  else if (f.param('gp_work') === 1) synchronize_srcu_by_work(f, rcu_gp_wq, nvmem);
  else f.synchronize_srcu(nvmem.srcu);
};

/** From here on callers get -ENODEV, and none of them is inside. */
const retract_ops = (f: FunctionBuilder, nvmem: Nvmem): void => {
  if (f.is('mutex-while-synchronising')) f.mutex_lock(i2c_bus_lock);
  if (f.is('synchronise-first')) synchronize(f, nvmem);
  f.rcu_assign_pointer(nvmem.ops, null);
  if (!f.is('synchronise-first') && !f.is('no-synchronize')) synchronize(f, nvmem);
  if (f.is('mutex-while-synchronising')) f.mutex_unlock(i2c_bus_lock);
};

export const nvmem_unregister = fn('nvmem_unregister', CORE_C, (f, nvmem: Nvmem) => {
  if (!f.is('null-not-accepted'))
    f.unless(nvmem, () => {
      f.return();
    });
  if (!f.is('ops-under-srcu')) {
    f.call(kref_put_refcnt, nvmem);
    return;
  }
  call_notifier_chain(f);
  if (f.param('compat') === 1 && !f.is('compat-removed-in-release')) f.call(remove_compat);
  retract_ops(f, nvmem);
  nvmem_destroy_layout(f, nvmem);
  device_unregister(f, nvmem);
});

/** -EPROBE_DEFER where the case injects that fault. */
const gpiod_get_optional = primitive.ptr(GpioDesc, 'gpiod_get_optional', GPIOLIB_C, (f) => {
  f.return(f.kzalloc(GpioDesc, 'gpiod_get_optional'));
});

const nvmem_add_cells = primitive('nvmem_add_cells', CORE_C, (f, nvmem: Nvmem) => {
  const cell = f.kzalloc(NvmemCellEntry);
  f.store(cell.nvmem, nvmem);
  f.list_add_tail(cell.node, nvmem.cells);
});

/** What is left of registering once the device can be found. @returns whether it went well */
const nvmem_populate_layout = (f: FunctionBuilder, nvmem: Nvmem): void => {
  if (f.param('layout') === 0) return;
  const layout = f.kzalloc(NvmemLayout, 'nvmem_populate_layout');
  f.unless(layout, () => {
    err_remove_dev(f, nvmem);
    f.return(null);
  });
  f.store(nvmem.layout, layout);
};

function err_remove_dev(f: FunctionBuilder, nvmem: Nvmem): void {
  if (f.is('ops-under-srcu')) {
    f.rcu_assign_pointer(nvmem.ops, null);
    if (!f.is('error-path-not-synchronised')) synchronize(f, nvmem);
  }
  device_del(f, PRESENCE);
  if (!f.is('ops-under-srcu')) f.call(nvmem_device_remove_all_cells, nvmem);
  put_device(f, nvmem, nvmem_release);
}

/** NULL for an error code. */
export const nvmem_register = fn.ptr(
  NvmemDevice,
  'nvmem_register',
  CORE_C,
  (f, at24: Ref<typeof At24Data>) => {
    const nvmem = f.kzalloc(NvmemDevice);
    const late = !f.is('ops-under-srcu') || f.is('cells-initialised-late');
    if (!late) f.INIT_LIST_HEAD(nvmem.cells);
    if (has_srcu(f))
      f.if(init_srcu_struct(f, nvmem, 'init_srcu_struct'), () => {
        f.kfree(nvmem);
        f.return(null);
      });
    device_initialize(f, nvmem);
    if (f.param('wp') === 1) {
      const wp_gpio = f.call(gpiod_get_optional);
      f.unless(wp_gpio, () => {
        put_device(f, nvmem, nvmem_release);
        f.return(null);
      });
      f.store(nvmem.wp_gpio, wp_gpio);
    }
    if (late) f.INIT_LIST_HEAD(nvmem.cells);
    if (!f.is('ops-under-srcu')) f.refcount_set(nvmem.refcnt, 1);
    f.rcu_assign_pointer(nvmem.ops, at24);
    if (f.param('reg_read') === 1) f.set_bit(nvmem.reg_read);
    if (f.param('compat') === 1) f.call(nvmem_sysfs_setup_compat);
    f.call(nvmem_add_cells, nvmem);
    f.store(nvmem0_private, nvmem);
    device_add(f, nvmem, PRESENCE);
    f.milestone('registered');
    nvmem_populate_layout(f, nvmem);
    call_notifier_chain(f);
    f.return(nvmem);
  },
);
