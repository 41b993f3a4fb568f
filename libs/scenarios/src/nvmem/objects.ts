/**
 * nvmem's objects: the at24 EEPROM on its I2C bus, the nvmem device it registers, a cell of it, and the network card that
 * reads its MAC address from that cell. The provider's callbacks and its state are one pointer, nvmem->ops.
 */
import {
  completion,
  devres,
  flag,
  Idr,
  kernfs,
  KernelModule,
  list,
  mutex,
  ptr,
  refcount,
  rwsem,
  srcu,
  statics,
  Struct,
  SysfsDirectory,
  work,
} from '@lastref/authoring';
import { RcuGpWq, SrcuData } from '../kernel/index.js';

export const CORE_C = 'drivers/nvmem/core.c';
export const AT24_C = 'drivers/misc/eeprom/at24.c';
export const I2C_CORE_C = 'drivers/i2c/i2c-core-base.c';
export const OF_NET_C = 'net/core/of_net.c';
export const ENETC_C = 'drivers/net/ethernet/freescale/enetc/enetc_pf.c';
export const KREF_H = 'include/linux/kref.h';
export const GPIOLIB_C = 'drivers/gpio/gpiolib.c';
export const USB_CORE_C = 'drivers/usb/core/hub.c';

/** What the provider's callbacks work on (priv): freed when the driver is unbound. */
export class At24Data extends Struct {
  static override readonly tag = 'at24_data';
  static override readonly count = 2;
  byte_len = flag(1);
  nvmem = ptr(() => NvmemDevice);
}

/** struct nvmem_device with its struct device. */
export class NvmemDevice extends Struct {
  static override readonly tag = 'nvmem_device';
  static override readonly count = 2;
  kobj = refcount(7);
  /** Before the fix: a second count beside that of the device. */
  refcnt = refcount(7);
  srcu = srcu();
  sda = ptr(() => SrcuData);
  srcu_work = work();
  srcu_done = completion();
  srcu_gp_seq = flag();
  /** reg_read and reg_write with what they work on; NULL from unregistering on, where the fix is in. */
  ops = ptr(() => At24Data);
  /** Whether there is a reg_read. */
  reg_read = flag();
  /** nvmem->owner: at24, always. */
  owner = flag(1);
  layout = ptr(() => NvmemLayout);
  cells = list();
  wp_gpio = ptr(() => GpioDesc);
}

export class NvmemLayout extends Struct {
  static override readonly tag = 'nvmem_layout';
}

export class GpioDesc extends Struct {
  static override readonly tag = 'gpio_desc';
}

/** A cell as the provider describes it. */
export class NvmemCellEntry extends Struct {
  static override readonly tag = 'nvmem_cell_entry';
  static override readonly count = 2;
  node = list();
  nvmem = ptr(() => NvmemDevice);
}

/** A cell as a consumer has got it. */
export class NvmemCell extends Struct {
  static override readonly tag = 'nvmem_cell';
  entry = ptr(() => NvmemCellEntry);
}

/** The EEPROM's device: base_dev of the nvmem device, and its file `eeprom` (FLAG_COMPAT). */
export class I2cClient extends Struct {
  static override readonly tag = 'i2c_client';
  mutex = mutex();
  driver = flag();
  devres = devres(2);
  at24 = ptr(() => At24Data);
  eeprom = kernfs();
  /** The file is there. */
  has_eeprom = flag();
}

/** The consumer's device. */
export class NetDevice extends Struct {
  static override readonly tag = 'net_device';
  mutex = mutex();
  driver = flag();
  cell = ptr(() => NvmemCell);
}

/** Who wants to know of nvmem devices. */
export class NotifierBlock extends Struct {
  static override readonly tag = 'notifier_block';
  nb = list();
}

export const {
  nvmem_mutex,
  nvmem_lookup_mutex,
  nvmem_notifier_rwsem,
  nvmem_notifier,
  i2c_bus_lock,
  i2c_answers,
  at24_client,
  kernfs_rwsem,
  eth0,
  nvmem0_nvmem,
  nvmem0_private,
  rcu_gp_wq,
} = statics({
  nvmem_mutex: mutex(),
  nvmem_lookup_mutex: mutex(),
  nvmem_notifier_rwsem: rwsem(),
  nvmem_notifier: list(),
  i2c_bus_lock: mutex(),
  /** The EEPROM ends its transfers. */
  i2c_answers: flag(),
  kernfs_rwsem: rwsem(),
  at24_client: ptr(() => I2cClient),
  eth0: ptr(() => NetDevice),
  /** /sys/bus/nvmem/devices/X/nvmem of the device that is on the bus, and the attribute's private data. */
  nvmem0_nvmem: kernfs(),
  nvmem0_private: ptr(() => NvmemDevice),
  rcu_gp_wq: ptr(() => RcuGpWq),
});

/** nvmem_bus_type, by firmware node: there is one. */
export const nvmem_bus = new Idr('nvmem_bus', NvmemDevice, 1);
/** Device links whose supplier is the EEPROM. */
export const at24_consumers = new Idr('at24_consumers', NetDevice, 1);
/** The directory of the I2C client. */
export const client_dir = new SysfsDirectory('1-0050', 1);
export const EEPROM = 0;
export const at24_module = new KernelModule('at24', 7, [AT24_C]);
