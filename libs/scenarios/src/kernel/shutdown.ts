/**
 * device_shutdown (drivers/base/core.c): walks devices_kset from its tail, so consumers before their suppliers, and shuts
 * each device down under its lock. Nothing is unbound, no file removed, no task or work stopped: all of them go on.
 */
import {
  fn,
  type AnyStruct,
  type Fn,
  type FunctionBuilder,
  type ListField,
  type ListMember,
  type Place,
  type Ref,
  type SpinlockField,
} from '@lastref/authoring';
import { device_lock, device_unlock, type LockedDevice } from './device-lock.js';
import { BASE_CORE_C } from './files.js';

/** devices_kset, of one type of device. */
export interface DevicesKset<S extends AnyStruct> {
  readonly list: Place<ListField>;
  readonly list_lock: Place<SpinlockField>;
  readonly device: S;
  readonly entry: ListMember<S>;
}

/** @param locks the device's lock. @param shutdown that of its class, bus or driver */
export const device_shutdown = <S extends AnyStruct>(
  f: FunctionBuilder,
  { list, list_lock, device, entry }: DevicesKset<S>,
  locks: (dev: Ref<S>) => LockedDevice,
  shutdown: Fn<[dev: Ref<S>], void>,
): void => {
  const walk = fn('device_shutdown', BASE_CORE_C, (g) => {
    const dev = g.pointer('dev', device);
    g.spin_lock(list_lock);
    g.while(
      () => g.list_prev_entry(dev, list, entry),
      () => {
        g.list_del_init((dev as Readonly<Record<string, unknown>>)[entry] as Place<ListField>);
        g.spin_unlock(list_lock);
        device_lock(g, locks(dev));
        g.call(shutdown, dev);
        device_unlock(g, locks(dev));
        g.spin_lock(list_lock);
      },
    );
    g.spin_unlock(list_lock);
  });
  f.call(walk);
};
