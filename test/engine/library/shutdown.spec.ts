import {
  flag,
  fn,
  list,
  mutex,
  ptr,
  spinlock,
  statics,
  Struct,
  type Ref,
} from '@lastref/authoring';
import { kernel } from '@lastref/scenarios';
import { proveTiny } from '../support/tiny.js';
import { named, type Body } from './named.js';

class Dev extends Struct {
  static override readonly tag = 'dev';
  static override readonly count = 2;
  mutex = mutex();
  entry = list();
  supplier = ptr(() => Dev);
  down = flag();
}
const { devices_kset, list_lock, one, two } = statics({
  devices_kset: list(),
  list_lock: spinlock(),
  one: ptr(() => Dev),
  two: ptr(() => Dev),
});
const kset: kernel.DevicesKset<typeof Dev> = {
  list: devices_kset,
  list_lock,
  device: Dev,
  entry: 'entry',
};
const shutdown = fn('shutdown', 'a.c', (f, dev: Ref<typeof Dev>) => {
  f.set_bit(dev.down);
  const supplier = f.load(dev.supplier);
  f.if(supplier, () => {
    f.check('the supplier is up', supplier.down, '==', 0);
  });
});
const given =
  (first: 'supplier' | 'consumer'): Body =>
  (f) => {
    f.INIT_LIST_HEAD(devices_kset);
    const supplier = f.kzalloc(Dev);
    const consumer = f.kzalloc(Dev);
    f.store(one, supplier);
    f.store(two, consumer);
    f.store(consumer.supplier, supplier);
    const added = first === 'supplier' ? [supplier, consumer] : [consumer, supplier];
    for (const dev of added)
      kernel.device_add(f, dev, { kset: { entry: dev.entry, list: devices_kset, list_lock } });
  };
const reboot: Body = (f) => {
  kernel.device_shutdown(f, kset, (dev) => dev, shutdown);
};

describe('device_shutdown', () => {
  const found = (first: 'supplier' | 'consumer') =>
    proveTiny({ given: given(first), tasks: named({ reboot }) }).failures;

  it('goes from the tail: what was added last, the consumer, is down before its supplier', () => {
    expect(found('supplier')).toEqual([]);
    expect(found('consumer')).toEqual(['invariant@shutdown(the supplier is up)']);
  });
});
