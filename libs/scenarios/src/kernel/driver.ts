/**
 * Binding and unbinding (drivers/base/dd.c). Unbinding takes the device's lock; while linked consumers are bound it drops the
 * lock, unbinds them and looks again; then remove(), the managed resources last in first out, and the driver is forgotten.
 * A consumer whose unbinding needs what the caller holds is a deadlock. Whether a device is bound is one flag, dev->driver.
 */
import {
  primitive,
  type AnyStruct,
  type Cond,
  type Fn,
  type FunctionBuilder,
  type Idr,
  type Int,
  type IntField,
  type Place,
  type Ref,
} from '@lastref/authoring';
import { device_lock, device_unlock, type LockedDevice } from './device-lock.js';
import { devres_release_all, type DevresAction, type ManagedDevice } from './devres.js';
import { BASE_DD_C } from './files.js';
import {
  counted_probe,
  device_links_check_suppliers,
  device_links_driver_bound,
  device_links_lock,
  device_links_no_driver,
  device_links_unlock,
  DL_STATE,
  wait_for_device_probe,
  type DeviceLink,
  type DriverCore,
} from './link-states.js';

export interface BoundDevice extends LockedDevice {
  /** Whether a driver is bound. */
  readonly driver: Place<IntField>;
}

/** What a driver brings; what it does not is not called. */
export interface Driver<S extends AnyStruct> {
  /** 0, or an error code: then its managed resources are released. */
  readonly probe?: Fn<[dev: Ref<S>], Int>;
  readonly remove?: Fn<[dev: Ref<S>], void>;
  /** Managed resources of the device, and what releases each. */
  readonly devres?: (dev: Ref<S>) => {
    readonly dev: ManagedDevice;
    readonly actions: Readonly<Record<string, DevresAction>>;
  };
  /** Consumers that are linked to its devices, and their driver. */
  readonly links?: Consumers;
  /** The link to its supplier, where links have states: probe() is deferred while that is not bound. */
  readonly supplier?: (dev: Ref<S>) => DeviceLink;
}

/** Consumers of one type, which may have consumers themselves. */
export interface Consumers {
  /** A condition that holds while one of them is bound. */
  readonly busy: (f: FunctionBuilder) => Cond;
  /** Unbinds those that are. */
  readonly unbind: (f: FunctionBuilder) => void;
  /** The supplier is unbound (device_links_driver_cleanup). */
  readonly gone?: (f: FunctionBuilder) => void;
}

/** The consumers in a supplier's table of links. */
export const linked_consumers = <S extends AnyStruct>(
  consumers: Idr<S>,
  bound: (consumer: Ref<S>) => BoundDevice,
  driver: Driver<S>,
): Consumers => {
  const each = (f: FunctionBuilder): number[] =>
    Array.from({ length: f.entries(consumers) }, (_, number) => number);
  return {
    busy: (f) => {
      const busy = f.var('busy', 1);
      for (const number of each(f)) {
        const consumer = f.idr_find(consumers, number);
        f.if(consumer, () => {
          f.if(f.test_bit(bound(consumer).driver), () => {
            f.set(busy, 1);
          });
        });
      }
      return f.ne(busy, 0);
    },
    unbind: (f) => {
      for (const number of each(f)) {
        const consumer = f.idr_find(consumers, number);
        f.if(consumer, () => {
          release(f, consumer, bound(consumer), driver);
        });
      }
    },
  };
};

/**
 * The same where links have states, so that a consumer that is being probed counts: device_links_busy and
 * device_links_unbind_consumers (drivers/base/core.c), which waits for such a probe. `driver` says what the link of a consumer is.
 */
export const managed_consumers = <S extends AnyStruct>(
  core: DriverCore,
  consumers: Idr<S>,
  bound: (consumer: Ref<S>) => BoundDevice,
  driver: Driver<S> & Required<Pick<Driver<S>, 'supplier'>>,
): Consumers => {
  const each = (f: FunctionBuilder, inside: (consumer: Ref<S>) => void): void => {
    for (let number = 0; number < f.entries(consumers); number++) {
      const consumer = f.idr_find(consumers, number);
      f.if(consumer, () => {
        inside(consumer);
      });
    }
  };
  const setAll = (f: FunctionBuilder, state: number): void => {
    device_links_lock(f, core);
    each(f, (consumer) => {
      f.store(driver.supplier(consumer).status, state);
    });
    device_links_unlock(f, core);
  };
  return {
    busy: (f) => {
      const busy = f.var('busy', 1);
      device_links_lock(f, core);
      each(f, (consumer) => {
        f.if(f.eq(busy, 0), () => {
          const { status } = driver.supplier(consumer);
          const state = f.load(status);
          f.if(
            f.or(f.eq(state, DL_STATE.CONSUMER_PROBE), () => f.eq(state, DL_STATE.ACTIVE)),
            () => {
              f.set(busy, 1);
            },
            () => {
              f.store(status, DL_STATE.SUPPLIER_UNBIND);
            },
          );
        });
      });
      device_links_unlock(f, core);
      return f.ne(busy, 0);
    },
    unbind: (f) => {
      const again = f.var('again', 1);
      f.set(again, 1);
      f.while(
        () => again,
        () => {
          f.set(again, 0);
          each(f, (consumer) => {
            f.if(f.eq(again, 0), () => {
              device_links_lock(f, core);
              const { status } = driver.supplier(consumer);
              const state = f.load(status);
              f.if(
                f.eq(state, DL_STATE.CONSUMER_PROBE),
                () => {
                  device_links_unlock(f, core);
                  wait_for_device_probe(f, core);
                  f.set(again, 1);
                },
                () => {
                  f.store(status, DL_STATE.SUPPLIER_UNBIND);
                  device_links_unlock(f, core);
                  f.if(f.eq(state, DL_STATE.ACTIVE), () => {
                    release(f, consumer, bound(consumer), driver);
                    f.set(again, 1);
                  });
                },
              );
            });
          });
        },
      );
    },
    gone: (f) => {
      setAll(f, DL_STATE.DORMANT);
    },
  };
};

/** Frameless, because a consumer's release stands inside its supplier's, and inlined functions do not call themselves. */
function release<S extends AnyStruct>(
  f: FunctionBuilder,
  dev: Ref<S>,
  bound: BoundDevice,
  { remove, devres, links, supplier }: Driver<S>,
): void {
  device_lock(f, bound);
  if (links !== undefined)
    f.while(
      () => f.and(f.test_bit(bound.driver), () => links.busy(f)),
      () => {
        device_unlock(f, bound);
        links.unbind(f);
        device_lock(f, bound);
      },
    );
  f.if(f.test_bit(bound.driver), () => {
    if (remove !== undefined) f.call(remove, dev);
    links?.gone?.(f);
    if (supplier !== undefined) device_links_no_driver(f, supplier(dev));
    if (devres !== undefined) {
      const managed = devres(dev);
      devres_release_all(f, managed.dev, managed.actions);
    }
    f.clear_bit(bound.driver);
  });
  device_unlock(f, bound);
}

/** Unbinds the device if it is bound. */
export const device_release_driver = <S extends AnyStruct>(
  f: FunctionBuilder,
  dev: Ref<S> & BoundDevice,
  driver: Driver<S>,
): void => {
  const unbind = primitive('device_release_driver', BASE_DD_C, (g) => {
    release(g, dev, dev, driver);
  });
  f.call(unbind);
};

/** Binds the device unless it is bound: probe() under its lock. */
export const device_attach = <S extends AnyStruct>(
  f: FunctionBuilder,
  dev: Ref<S> & BoundDevice,
  { probe, devres, supplier }: Driver<S>,
): void => {
  const attach = primitive('device_attach', BASE_DD_C, (g) => {
    device_lock(g, dev);
    const link = supplier?.(dev);
    const bind = (): void => {
      g.set_bit(dev.driver);
      if (link !== undefined) device_links_driver_bound(g, link);
    };
    const really_probe = (): void => {
      if (probe === undefined) bind();
      else
        g.if(g.eq(g.call(probe, dev), 0), bind, () => {
          if (link !== undefined) device_links_no_driver(g, link);
          if (devres === undefined) return;
          const managed = devres(dev);
          devres_release_all(g, managed.dev, managed.actions);
        });
    };
    g.unless(g.test_bit(dev.driver), () => {
      if (link === undefined) really_probe();
      else
        counted_probe(g, link, () => {
          g.if(g.eq(device_links_check_suppliers(g, link), 0), really_probe);
        });
    });
    device_unlock(g, dev);
  });
  f.call(attach);
};
