/** The driver's probe: a device that is registered and up, with queues for all bindings. */
import type { FunctionBuilder } from '@lastref/authoring';
import { dev_by_index, NetDevice, NetdevRxQueue, queuesIn, rx } from './objects.js';

export function probe(f: FunctionBuilder): void {
  const dev = f.kzalloc(NetDevice);
  for (let q = 0; q < queuesIn((name) => f.param(name)); q++)
    f.ignore(f.idr_alloc(rx, q, f.kzalloc(NetdevRxQueue)));
  f.refcount_set(dev.dev_refcnt, 1);
  f.set_bit(dev.start);
  f.ignore(f.idr_alloc(dev_by_index, 0, dev));
}
