/**
 * device_add and device_del (drivers/base/core.c). Added, a device can be found at once, by its name, its files, its bus and
 * devices_kset, one step after the other in that order, whatever of the four it has. Removal takes them back in reverse:
 * each file is drained of who reads or writes it, so whoever calls device_del must hold nothing that those need. Memory
 * lives until the last put_device. The number on the bus is unique by construction (an ida): a second one is an invariant.
 */
import {
  primitive,
  type AnyStruct,
  type FunctionBuilder,
  type Idr,
  type IntValue,
  type KernfsField,
  type ListField,
  type Place,
  type Ref,
  type RefcountField,
  type SpinlockField,
  type SysfsDirectory,
} from '@lastref/authoring';
import { BASE_BUS_C, BASE_CORE_C } from './files.js';

/** Where a device can be found. */
export interface Presence<S extends AnyStruct> {
  /** Its directory in sysfs, by number. */
  readonly name?: { readonly in: SysfsDirectory; readonly as: IntValue };
  /** Its attributes. */
  readonly files?: readonly Place<KernfsField>[];
  /** Its bus's devices, by number. */
  readonly bus?: { readonly devices: Idr<S>; readonly as: IntValue };
  /** devices_kset, which device_shutdown walks. */
  readonly kset?: Kset;
}

/** Its place in devices_kset. */
export interface Kset {
  readonly entry: Place<ListField>;
  readonly list: Place<ListField>;
  readonly list_lock: Place<SpinlockField>;
}

const locked = (f: FunctionBuilder, { list_lock }: Kset, inside: () => void): void => {
  f.spin_lock(list_lock);
  inside();
  f.spin_unlock(list_lock);
};

export const device_add = <S extends AnyStruct>(
  f: FunctionBuilder,
  dev: Ref<S>,
  { name, files = [], bus, kset }: Presence<S>,
): void => {
  const add = primitive('device_add', BASE_CORE_C, (g) => {
    if (kset !== undefined)
      locked(g, kset, () => {
        g.list_add_tail(kset.entry, kset.list);
      });
    if (name !== undefined) g.sysfs_create(name.in, name.as);
    for (const file of files) g.kernfs_create(file);
    if (bus !== undefined)
      g.unless(g.idr_alloc(bus.devices, bus.as, dev), () => {
        g.invariant('the number on the bus is free', 0);
      });
  });
  f.call(add);
};

/** @param unbind releases the driver, where the device may have one: bus_remove_device */
export const device_del = <S extends AnyStruct>(
  f: FunctionBuilder,
  { name, files = [], bus, kset }: Presence<S>,
  unbind?: (f: FunctionBuilder) => void,
): void => {
  const del = primitive('device_del', BASE_CORE_C, (g) => {
    for (const file of files.toReversed()) g.kernfs_remove(file);
    if (bus !== undefined) g.idr_remove(bus.devices, bus.as);
    unbind?.(g);
    if (name !== undefined) g.sysfs_remove(name.in, name.as);
    if (kset !== undefined)
      locked(g, kset, () => {
        g.list_del_init(kset.entry);
      });
  });
  f.call(del);
};

/** The name of a counter of the struct, to take references by. */
type CountOf<S extends AnyStruct> = {
  [K in keyof InstanceType<S>]: InstanceType<S>[K] extends RefcountField ? K : never;
}[keyof InstanceType<S>] &
  string;

/**
 * bus_find_device (drivers/base/bus.c): what is found is returned with a reference, NULL where there is none. The klist
 * of the bus is walked under its lock, so a look and a reference are one step.
 */
export const bus_find_device = <S extends AnyStruct>(
  f: FunctionBuilder,
  devices: Idr<S>,
  number: IntValue,
  kobj: CountOf<S>,
): Ref<S> => {
  const find = primitive.ptr<[], S>(devices.struct, 'bus_find_device', BASE_BUS_C, (g) => {
    g.return(g.idr_find_get(devices, number, kobj));
  });
  return f.call(find);
};
