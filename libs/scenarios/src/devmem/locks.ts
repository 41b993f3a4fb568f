/** Unlocking as one step, or as the two that the call is made of where the case says so. */
import { primitive, type FunctionBuilder, type MutexField, type Place } from '@lastref/authoring';
import { NETDEVICE_H } from '../kernel/files.js';
import { netdev_unlock as unlock_at_once, type LockedNetDevice } from '../kernel/netdevice.js';

const inTwoSteps = (f: FunctionBuilder): boolean => f.param('two-step-unlock') === 1;

export const mutex_unlock = (f: FunctionBuilder, lock: Place<MutexField>): void => {
  if (inTwoSteps(f)) f.mutex_unlock_two_step(lock);
  else f.mutex_unlock(lock);
};

const unlock_in_two_steps = primitive('netdev_unlock', NETDEVICE_H, (f, dev: LockedNetDevice) => {
  f.mutex_unlock_two_step(dev.lock);
});

export const netdev_unlock = (f: FunctionBuilder, dev: LockedNetDevice): void => {
  if (inTwoSteps(f)) f.call(unlock_in_two_steps, dev);
  else unlock_at_once(f, dev);
};
