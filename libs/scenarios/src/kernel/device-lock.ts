/** device_lock (include/linux/device.h): dev->mutex. The kernel's lockdep does not validate it; here its class is like any other. */
import { primitive, type FunctionBuilder, type MutexField, type Place } from '@lastref/authoring';
import { BASE_CORE_C } from './files.js';

export interface LockedDevice {
  readonly mutex: Place<MutexField>;
}

const lock = primitive('device_lock', BASE_CORE_C, (f, dev: LockedDevice) => {
  f.mutex_lock(dev.mutex);
});
const unlock = primitive('device_unlock', BASE_CORE_C, (f, dev: LockedDevice) => {
  f.mutex_unlock(dev.mutex);
});

export const device_lock = (f: FunctionBuilder, dev: LockedDevice): void => {
  f.call(lock, dev);
};
export const device_unlock = (f: FunctionBuilder, dev: LockedDevice): void => {
  f.call(unlock, dev);
};
