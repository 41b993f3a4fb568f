/** The references of a binding, and its xarray, which goes with the last of them (net/core/devmem.c). */
import { fn, type FunctionBuilder, type Int, type Ref } from '@lastref/authoring';
import { bound_rxqs, DEVMEM_C, type Binding } from './objects.js';

type Bound = Ref<typeof Binding>;

/** The entries of a binding's xarray: each index into bound_rxqs. Reads the binding once. */
export function xa_entries(f: FunctionBuilder, binding: Bound): Int[] {
  const queues = f.param('queues');
  const id = f.load(binding.id);
  const first = f.var('first', id.local.max * queues, 0);
  for (let i = 0; i < queues; i++) f.add(first, first, id);
  return Array.from({ length: queues }, (_, i) => {
    const entry = f.var('index', first.local.max + queues - 1, 0);
    f.add(entry, first, i);
    return entry;
  });
}

const __net_devmem_dmabuf_binding_free = fn(
  '__net_devmem_dmabuf_binding_free',
  DEVMEM_C,
  (f, binding: Bound) => {
    for (const index of xa_entries(f, binding)) f.idr_remove(bound_rxqs, index);
    f.kfree(binding);
  },
);

export const net_devmem_dmabuf_binding_put = fn(
  'net_devmem_dmabuf_binding_put',
  DEVMEM_C,
  (f, binding: Bound) => {
    f.if(f.refcount_dec_and_test(binding.ref), () => {
      f.call(__net_devmem_dmabuf_binding_free, binding);
    });
  },
);
