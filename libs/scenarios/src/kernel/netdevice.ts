/**
 * The life of a network device (include/linux/netdevice.h, net/core/dev.c): tracked references keep it from being freed, and
 * unregistering waits for them. The kernel polls the count and prints "waiting for %s to become free"; here the last reference
 * completes what the waiter waits for, so that one that never comes back is a hung task of netdev_run_todo. Signatures look
 * through the other calls.
 */
import {
  fn,
  primitive,
  type CompletionField,
  type FunctionBuilder,
  type MutexField,
  type Place,
  type RefcountField,
} from '@lastref/authoring';
import { DEV_C, NETDEVICE_H } from './files.js';

/** A net_device with its references; the first is that of registration. */
export interface TrackedNetDevice {
  readonly dev_refcnt: Place<RefcountField>;
  /** Completed by the last reference, where somebody else than the waiter drops it. */
  readonly unreferenced: Place<CompletionField>;
}

export interface LockedNetDevice {
  readonly lock: Place<MutexField>;
}

const hold = primitive('netdev_hold', NETDEVICE_H, (f, dev: TrackedNetDevice) => {
  f.refcount_inc(dev.dev_refcnt);
});
const put = primitive('netdev_put', NETDEVICE_H, (f, dev: TrackedNetDevice) => {
  f.if(f.refcount_dec_and_test(dev.dev_refcnt), () => {
    f.complete(dev.unreferenced);
  });
});
const lock = primitive('netdev_lock', NETDEVICE_H, (f, dev: LockedNetDevice) => {
  f.mutex_lock(dev.lock);
});
const unlock = primitive('netdev_unlock', NETDEVICE_H, (f, dev: LockedNetDevice) => {
  f.mutex_unlock(dev.lock);
});
const run_todo = fn('netdev_run_todo', DEV_C, (f, dev: TrackedNetDevice) => {
  f.unless(f.refcount_dec_and_test(dev.dev_refcnt), () => {
    f.wait_for_completion(dev.unreferenced);
  });
});

export const netdev_hold = (f: FunctionBuilder, dev: TrackedNetDevice): void => {
  f.call(hold, dev);
};
export const netdev_put = (f: FunctionBuilder, dev: TrackedNetDevice): void => {
  f.call(put, dev);
};
export const netdev_lock = (f: FunctionBuilder, dev: LockedNetDevice): void => {
  f.call(lock, dev);
};
export const netdev_unlock = (f: FunctionBuilder, dev: LockedNetDevice): void => {
  f.call(unlock, dev);
};

/** Behind the rtnl_unlock() of who unregisters: drops registration's reference and waits until there is none. */
export const netdev_run_todo = (f: FunctionBuilder, dev: TrackedNetDevice): void => {
  f.call(run_todo, dev);
};
