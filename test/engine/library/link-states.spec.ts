/** Managed device links: a supplier does not go while the driver of a consumer is being probed. */
import {
  atomic,
  flag,
  fn,
  Idr,
  int,
  mutex,
  ptr,
  statics,
  Struct,
  waitqueue,
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
  status = int(kernel.DL_STATE.SUPPLIER_UNBIND);
  state = ptr(() => State);
}
const { supplier, consumer, failing, ...core } = statics({
  supplier: ptr(() => Device),
  consumer: ptr(() => Device),
  failing: flag(),
  device_links_lock: mutex(),
  probe_count: atomic(2),
  probe_waitqueue: waitqueue(),
});
const links = new Idr('links', Device, 1);
type Dev = Ref<typeof Device>;

const uses = (f: FunctionBuilder): void => {
  const state = f.load(f.load(supplier).state);
  f.set_bit(state.used);
};
const consumer_probe = fn.int<[dev: Dev]>('consumer_probe', 'a.c', (f) => {
  uses(f);
  f.if(f.test_bit(failing), () => {
    f.return('-EINVAL');
  });
  f.return(0);
});
const consumer_remove = fn<[dev: Dev]>('consumer_remove', 'a.c', (f) => {
  uses(f);
});
const CONSUMER = {
  probe: consumer_probe,
  remove: consumer_remove,
  supplier: (dev: Dev) => ({ status: dev.status, core }),
};
const supplier_remove = fn('supplier_remove', 'a.c', (f, dev: Dev) => {
  f.kfree(f.load(dev.state));
});
const supplierOf = (of: kernel.Consumers): kernel.Driver<typeof Device> => ({
  remove: supplier_remove,
  links: of,
});
const MANAGED = supplierOf(kernel.managed_consumers(core, links, (dev) => dev, CONSUMER));
const BY_DRIVER = supplierOf(kernel.linked_consumers(links, (dev) => dev, CONSUMER));

const given: Body = (f) => {
  const first = f.kzalloc(Device);
  f.store(supplier, first);
  f.store(first.state, f.kzalloc(State));
  f.set_bit(first.driver);
  const second = f.kzalloc(Device);
  f.store(consumer, second);
  f.store(second.status, kernel.DL_STATE.AVAILABLE);
  kernel.device_link_add(f, links, 0, second);
};
const probes: Body = (f) => {
  kernel.device_attach(f, f.load(consumer), CONSUMER);
};
const unbinding =
  (driver: kernel.Driver<typeof Device>): Body =>
  (f) => {
    kernel.device_release_driver(f, f.load(supplier), driver);
  };
const run = (bodies: Readonly<Record<string, Body>>, before = given) =>
  proveTiny({ given: before, tasks: named(bodies) });

describe('a supplier that is unbound while its consumer is probed', () => {
  it('waits for the probe, unbinds the consumer, and leaves neither bound', () => {
    const unbinds: Body = (f) => {
      unbinding(MANAGED)(f);
      f.check('the supplier is unbound', f.load(supplier).driver, '==', 0);
      f.check('the consumer is not bound', f.load(consumer).driver, '==', 0);
      f.check('the link is dormant', f.load(consumer).status, '==', kernel.DL_STATE.DORMANT);
    };
    expect(run({ probes, unbinds })).toMatchObject({
      failures: [],
      reports: [],
      complete: true,
    });
  });

  it('would go under it if only bound consumers counted', () => {
    expect(run({ probes, unbinds: unbinding(BY_DRIVER) }).failures).toContain(
      'use-after-free@consumer_probe(state freed by supplier_remove)',
    );
  });

  it('goes on when the probe fails, too', () => {
    const fails: Body = (f) => {
      given(f);
      f.set_bit(failing);
    };
    expect(run({ probes, unbinds: unbinding(MANAGED) }, fails)).toMatchObject({ failures: [] });
  });

  it('waits for itself where the probe unbinds it', () => {
    const itself = fn.int<[dev: Dev]>('consumer_probe', 'a.c', (f) => {
      unbinding(MANAGED)(f);
      f.return(0);
    });
    const attaches: Body = (f) => {
      kernel.device_attach(f, f.load(consumer), { ...CONSUMER, probe: itself });
    };
    expect(run({ attaches }).failures).toEqual(['hung-task@consumer_probe(probe_waitqueue)']);
  });
});

it('a consumer that comes when its supplier is gone is deferred', () => {
  const late: Body = (f) => {
    unbinding(MANAGED)(f);
    probes(f);
    f.check('it is not bound', f.load(consumer).driver, '==', 0);
  };
  expect(run({ late })).toMatchObject({ failures: [], complete: true });
});

it('a consumer that is unbound can be probed again', () => {
  const again: Body = (f) => {
    probes(f);
    kernel.device_release_driver(f, f.load(consumer), CONSUMER);
    f.check('available', f.load(consumer).status, '==', kernel.DL_STATE.AVAILABLE);
    probes(f);
    f.check('bound', f.load(consumer).driver, '==', 1);
    f.check('active', f.load(consumer).status, '==', kernel.DL_STATE.ACTIVE);
  };
  expect(run({ again })).toMatchObject({ failures: [], complete: true });
});
