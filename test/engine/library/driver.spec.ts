import {
  devres,
  flag,
  fn,
  Idr,
  mutex,
  ptr,
  statics,
  Struct,
  type FunctionBuilder,
  type Ref,
} from '@lastref/authoring';
import { kernel } from '@lastref/scenarios';
import { proveTiny } from '../support/tiny.js';
import { named, type Body } from './named.js';

class State extends Struct {
  static override readonly tag = 'state';
  used = flag();
}
class Device extends Struct {
  static override readonly tag = 'device';
  static override readonly count = 2;
  mutex = mutex();
  driver = flag();
  devres = devres(2);
  state = ptr(() => State);
  registered = flag();
}
const { supplier, consumer, failing } = statics({
  supplier: ptr(() => Device),
  consumer: ptr(() => Device),
  failing: flag(),
});
const links = new Idr('links', Device, 1);

type Dev = Ref<typeof Device>;

/** What the device's driver registers: use of its state ends before the state does, if it was registered later. */
const actions = (dev: Dev): Record<'free' | 'unregister', kernel.DevresAction> => ({
  free: (f) => {
    f.kfree(f.load(dev.state));
  },
  unregister: (f) => {
    f.set_bit(f.load(dev.state).used);
    f.clear_bit(dev.registered);
  },
});
const probing = (order: readonly ('free' | 'unregister')[]) =>
  fn.int('probe', 'a.c', (f, dev: Dev) => {
    const state = f.kzalloc(State);
    f.store(dev.state, state);
    f.set_bit(dev.registered);
    for (const name of order) kernel.devm_add_action(f, dev, actions(dev), name);
    f.if(f.test_bit(failing), () => {
      f.return('-EPROBE_DEFER');
    });
    f.return(0);
  });
const driver = (
  order: readonly ('free' | 'unregister')[],
  linked?: kernel.Consumers,
): kernel.Driver<typeof Device> => ({
  probe: probing(order),
  devres: (dev) => ({ dev, actions: actions(dev) }),
  ...(linked === undefined ? {} : { links: linked }),
});
const IN_ORDER = driver(['free', 'unregister']);

const consumer_remove = fn('consumer_remove', 'a.c', (f, dev: Dev) => {
  f.clear_bit(dev.registered);
});
const CONSUMER: kernel.Driver<typeof Device> = { remove: consumer_remove };
const SUPPLIER = driver(
  ['free', 'unregister'],
  kernel.linked_consumers(links, (dev) => dev, CONSUMER),
);

const given =
  (fw_devlink: kernel.FwDevlink = 'off') =>
  (f: FunctionBuilder): void => {
    f.store(supplier, f.kzalloc(Device));
    const second = f.kzalloc(Device);
    f.store(consumer, second);
    kernel.device_attach(f, f.load(supplier), IN_ORDER);
    f.set_bit(second.driver);
    kernel.fw_devlink_link_device(f, fw_devlink, links, 0, second);
  };

describe('binding and unbinding', () => {
  const lifetime =
    (with_driver: kernel.Driver<typeof Device>): Body =>
    (f) => {
      const dev = f.kzalloc(Device);
      kernel.device_attach(f, dev, with_driver);
      kernel.device_release_driver(f, dev, with_driver);
      f.check('the driver is gone', dev.driver, '==', 0);
      f.kfree(dev);
    };
  const alone = (bodies: Readonly<Record<string, Body>>, before?: Body) =>
    proveTiny({ tasks: named(bodies), ...(before === undefined ? {} : { given: before }) });

  it('release managed resources last in first out', () => {
    expect(alone({ lifetime: lifetime(IN_ORDER) })).toMatchObject({ failures: [], reports: [] });
    expect(alone({ lifetime: lifetime(driver(['unregister', 'free'])) }).failures).toEqual([
      'use-after-free@lifetime(state freed by lifetime)',
    ]);
  });

  it('lose what was not registered', () => {
    expect(alone({ lifetime: lifetime(driver(['unregister'])) }).failures).toEqual([
      'leak@probe(state)',
    ]);
  });

  it('release them where probe fails, and do not bind', () => {
    const fails = (f: FunctionBuilder): void => {
      f.set_bit(failing);
    };
    expect(alone({ lifetime: lifetime(IN_ORDER) }, fails)).toMatchObject({ failures: [] });
  });

  it('unbind once, however many ask', () => {
    const unbind: Body = (f) => {
      kernel.device_release_driver(f, f.load(supplier), IN_ORDER);
    };
    expect(proveTiny({ given: given(), tasks: named({ unbind, again: unbind }) })).toMatchObject({
      failures: [],
      reports: [],
    });
  });

  /** Uses the supplier's state while it is bound itself. */
  const reads: Body = (f) => {
    const dev = f.load(consumer);
    kernel.device_lock(f, dev);
    f.if(f.test_bit(dev.driver), () => {
      const state = f.load(f.load(supplier).state);
      f.set_bit(state.used);
    });
    kernel.device_unlock(f, dev);
  };
  const unbinds: Body = (f) => {
    kernel.device_release_driver(f, f.load(supplier), SUPPLIER);
  };

  it('with fw_devlink, unbind consumers first, so that none is left with the supplier gone', () => {
    const bodies = { unbinds, reads };
    expect(proveTiny({ given: given('on'), tasks: named(bodies) }).failures).toEqual([]);
    expect(proveTiny({ given: given('off'), tasks: named(bodies) }).failures).toEqual([
      'use-after-free@reads(state freed by unbinds)',
    ]);
  });

  it('deadlock where the caller holds what the consumer needs to go', () => {
    const holding: Body = (f) => {
      kernel.device_lock(f, f.load(consumer));
      unbinds(f);
      kernel.device_unlock(f, f.load(consumer));
    };
    expect(proveTiny({ given: given('on'), tasks: named({ holding }) }).failures).toEqual([
      'deadlock@holding(device.mutex)',
    ]);
  });
});
