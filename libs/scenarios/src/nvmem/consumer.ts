/** In-kernel consumers: getting a cell, reading it, putting it (drivers/nvmem/core.c), and the network driver that does. */
import { fn, primitive, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { bus_find_device, put_device, type Driver } from '../kernel/index.js';
import { nvmem_cell_read } from './access.js';
import { kref_put_refcnt, nvmem_release } from './core.js';
import {
  at24_module,
  CORE_C,
  ENETC_C,
  NetDevice,
  nvmem_bus,
  nvmem_lookup_mutex,
  nvmem_mutex,
  NvmemCell,
  NvmemCellEntry,
  NvmemDevice,
  OF_NET_C,
} from './objects.js';

type Nvmem = Ref<typeof NvmemDevice>;
type Cell = Ref<typeof NvmemCell>;

/** A device reference and a module reference; before the fix one on the device's second count too. */
const __nvmem_device_get = fn.ptr(NvmemDevice, '__nvmem_device_get', CORE_C, (f) => {
  f.mutex_lock(nvmem_mutex);
  f.milestone('looked-up');
  const nvmem = bus_find_device(f, nvmem_bus, 0, 'kobj');
  f.mutex_unlock(nvmem_mutex);
  f.unless(nvmem, () => {
    f.return(null);
  });
  f.unless(f.try_module_get(at24_module), () => {
    put_device(f, nvmem, nvmem_release);
    f.return(null);
  });
  if (!f.is('ops-under-srcu')) f.refcount_inc(nvmem.refcnt);
  f.return(nvmem);
});

const nvmem_layout_module_put = fn('nvmem_layout_module_put', CORE_C, (f, nvmem: Nvmem) => {
  f.load(nvmem.layout);
});

const __nvmem_device_put = fn('__nvmem_device_put', CORE_C, (f, nvmem: Nvmem) => {
  const first = !f.is('ops-under-srcu') || f.is('put-device-first');
  if (first) put_device(f, nvmem, nvmem_release);
  f.load(nvmem.owner);
  f.module_put(at24_module);
  if (!first) put_device(f, nvmem, nvmem_release);
  if (!f.is('ops-under-srcu')) f.call(kref_put_refcnt, nvmem);
});

/** Both references, the layout's module first. */
const put_both = (f: FunctionBuilder, nvmem: Nvmem): void => {
  if (!f.is('layout-put-last')) f.call(nvmem_layout_module_put, nvmem);
  f.call(__nvmem_device_put, nvmem);
  if (f.is('layout-put-last')) f.call(nvmem_layout_module_put, nvmem);
};

const nvmem_find_cell_entry_by_node = primitive.ptr(
  NvmemCellEntry,
  'nvmem_find_cell_entry_by_node',
  CORE_C,
  (f, nvmem: Nvmem) => {
    const entry = f.pointer('entry', NvmemCellEntry);
    f.mutex_lock(nvmem_mutex);
    f.ignore(f.list_next_entry(entry, nvmem.cells, 'node'));
    f.mutex_unlock(nvmem_mutex);
    f.return(entry);
  },
);

/** The part that getting by firmware node and by lookup table share; NULL for an error code. */
const get_cell = (f: FunctionBuilder): void => {
  const nvmem = f.call(__nvmem_device_get);
  f.unless(nvmem, () => {
    f.return(null);
  });
  const entry = f.call(nvmem_find_cell_entry_by_node, nvmem);
  const cell = f.kzalloc(NvmemCell, 'nvmem_create_cell');
  f.unless(cell, () => {
    put_both(f, nvmem);
    f.return(null);
  });
  f.store(cell.entry, entry);
  f.return(cell);
};

export const of_nvmem_cell_get = fn.ptr(NvmemCell, 'of_nvmem_cell_get', CORE_C, get_cell);

const from_lookup = fn.ptr(NvmemCell, 'nvmem_cell_get_from_lookup', CORE_C, (f) => {
  const lock = f.is('lookup-under-nvmem-mutex') ? nvmem_mutex : nvmem_lookup_mutex;
  f.mutex_lock(lock);
  const cell = f.call(of_cell);
  f.mutex_unlock(lock);
  f.return(cell);
});
const of_cell = primitive.ptr(NvmemCell, 'nvmem_cell_get', CORE_C, get_cell);

export const nvmem_cell_put = fn('nvmem_cell_put', CORE_C, (f, cell: Cell) => {
  const nvmem = f.load(f.load(cell.entry).nvmem);
  f.kfree(cell);
  put_both(f, nvmem);
});

const nvmem_cell_get = (f: FunctionBuilder): Cell =>
  f.call(f.param('lookup') === 1 ? from_lookup : of_nvmem_cell_get);

const read = (f: FunctionBuilder, cell: Cell): void => {
  f.call(nvmem_cell_read, f.load(f.load(cell.entry).nvmem));
};

/** Gets the cell, reads it and puts it. */
const of_get_mac_address_nvmem = fn('of_get_mac_address_nvmem', OF_NET_C, (f) => {
  const cell = nvmem_cell_get(f);
  f.if(cell, () => {
    read(f, cell);
    f.call(nvmem_cell_put, cell);
  });
});

export const get_read_put = (f: FunctionBuilder): void => {
  f.call(of_get_mac_address_nvmem);
};

export const get_put = (f: FunctionBuilder): void => {
  const cell = nvmem_cell_get(f);
  f.if(cell, () => {
    f.call(nvmem_cell_put, cell);
  });
};

/** What the network driver does with the cell that it holds. */
export const hold_cell = (f: FunctionBuilder, dev: Ref<typeof NetDevice>): void => {
  f.store(dev.cell, nvmem_cell_get(f));
  f.set_bit(dev.driver);
};

export const read_held = (f: FunctionBuilder, dev: Ref<typeof NetDevice>): void => {
  read(f, f.load(dev.cell));
};

export const put_held = (f: FunctionBuilder, dev: Ref<typeof NetDevice>): void => {
  const cell = f.load(dev.cell);
  f.store(dev.cell, null);
  f.call(nvmem_cell_put, cell);
};

const enetc_pf_remove = fn('enetc_pf_remove', ENETC_C, (f, dev: Ref<typeof NetDevice>) => {
  put_held(f, dev);
});

export const ENETC_PF_DRIVER: Driver<typeof NetDevice> = { remove: enetc_pf_remove };
