/**
 * States of managed device links (drivers/base/core.c), for a consumer with one supplier: what keeps a supplier from going while
 * a consumer's driver is being probed, and not bound yet. The supplier's unbinding waits for every probe that is under way, as
 * wait_for_device_probe() does, and looks again; so a probe that unbinds its own supplier waits for itself. A consumer that
 * comes later than that is deferred. Limits: no SYNC_STATE_ONLY links, and deferred probes are not tried again.
 */
import {
  primitive,
  type AtomicField,
  type FunctionBuilder,
  type Int,
  type IntField,
  type MutexField,
  type Place,
  type WaitqueueField,
} from '@lastref/authoring';
import { BASE_CORE_C, BASE_DD_C } from './files.js';
import { wait_event } from './wait-event.js';

/** enum device_link_state. */
export const DL_STATE = {
  DORMANT: 0,
  AVAILABLE: 1,
  CONSUMER_PROBE: 2,
  ACTIVE: 3,
  SUPPLIER_UNBIND: 4,
} as const;

/** What drivers/base has one of. */
export interface DriverCore {
  readonly device_links_lock: Place<MutexField>;
  /** Probes under way. */
  readonly probe_count: Place<AtomicField>;
  readonly probe_waitqueue: Place<WaitqueueField>;
}

/** The link of a consumer. */
export interface DeviceLink {
  /** One of DL_STATE. */
  readonly status: Place<IntField>;
  readonly core: DriverCore;
}

export const device_links_lock = (f: FunctionBuilder, core: DriverCore): void => {
  f.mutex_lock(core.device_links_lock);
};
export const device_links_unlock = (f: FunctionBuilder, core: DriverCore): void => {
  f.mutex_unlock(core.device_links_lock);
};

/** 0, and the consumer is being probed; -EPROBE_DEFER unless its supplier is bound. */
export const device_links_check_suppliers = (
  f: FunctionBuilder,
  { status, core }: DeviceLink,
): Int => {
  const checks = primitive.int('device_links_check_suppliers', BASE_CORE_C, (g) => {
    device_links_lock(g, core);
    g.if(g.ne(g.load(status), DL_STATE.AVAILABLE), () => {
      device_links_unlock(g, core);
      g.return('-EPROBE_DEFER');
    });
    g.store(status, DL_STATE.CONSUMER_PROBE);
    device_links_unlock(g, core);
    g.return(0);
  });
  return f.call(checks);
};

/** The consumer is bound. */
export const device_links_driver_bound = (
  f: FunctionBuilder,
  { status, core }: DeviceLink,
): void => {
  const bound = primitive('device_links_driver_bound', BASE_CORE_C, (g) => {
    device_links_lock(g, core);
    g.store(status, DL_STATE.ACTIVE);
    device_links_unlock(g, core);
  });
  f.call(bound);
};

/** The consumer's probe failed, or it was unbound: its supplier is still there, unless that goes itself. */
export const device_links_no_driver = (f: FunctionBuilder, { status, core }: DeviceLink): void => {
  const none = primitive('device_links_no_driver', BASE_CORE_C, (g) => {
    device_links_lock(g, core);
    const was = g.load(status);
    g.if(
      g.or(g.eq(was, DL_STATE.CONSUMER_PROBE), () => g.eq(was, DL_STATE.ACTIVE)),
      () => {
        g.store(status, DL_STATE.AVAILABLE);
      },
    );
    device_links_unlock(g, core);
  });
  f.call(none);
};

/** driver_probe_device: whoever waits for probes waits for this one. */
export const counted_probe = (
  f: FunctionBuilder,
  { core }: DeviceLink,
  really_probe: () => void,
): void => {
  f.atomic_inc(core.probe_count);
  really_probe();
  f.atomic_dec(core.probe_count);
  f.wake_up_all(core.probe_waitqueue);
};

/** Returns when no probe is under way. */
export const wait_for_device_probe = (f: FunctionBuilder, core: DriverCore): void => {
  const waits = primitive('wait_for_device_probe', BASE_DD_C, (g) => {
    wait_event(g, core.probe_waitqueue, () => g.eq(g.atomic_read(core.probe_count), 0));
  });
  f.call(waits);
};
