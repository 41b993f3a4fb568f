/** A dmabuf is bound to receive queues, and unbound (net/core/devmem.c). */
import { fn, type Ref } from '@lastref/authoring';
import {
  Binding,
  bound_rxqs,
  DEVMEM_C,
  net_devmem_dmabuf_bindings,
  rx,
  type NetDevice,
  type NetdevNlSock,
  XaNode,
} from './objects.js';
import { net_devmem_dmabuf_binding_put, xa_entries } from './references.js';
import { __net_mp_close_rxq, __net_mp_open_rxq } from './queues.js';

type Bound = Ref<typeof Binding>;

/** @param listed binding->list.next is set */
export const net_devmem_unbind_dmabuf = fn(
  'net_devmem_unbind_dmabuf',
  DEVMEM_C,
  (f, binding: Bound, listed: boolean) => {
    if (listed && !f.is('close-deletes-from-list')) f.list_del(binding.list);
    for (const index of xa_entries(f, binding)) {
      const rxq = f.idr_find(bound_rxqs, index);
      f.if(rxq, () => {
        f.call(__net_mp_close_rxq, f.load(binding.dev), rxq, binding);
      });
    }
    f.idr_remove(net_devmem_dmabuf_bindings, f.load(binding.id));
    f.call(net_devmem_dmabuf_binding_put, binding);
  },
);

export const net_devmem_bind_dmabuf = fn.ptr(
  Binding,
  'net_devmem_bind_dmabuf',
  DEVMEM_C,
  (f, priv: Ref<typeof NetdevNlSock>, dev: Ref<typeof NetDevice>, id: number) => {
    const binding = f.kzalloc(Binding, 'net_devmem_bind_dmabuf');
    f.if(f.is_null(binding), () => {
      f.return(null);
    });
    f.store(binding.dev, dev);
    if (f.is('priv-lock-in-uninstall')) f.store(binding.priv, priv);
    f.store(binding.id, id);
    f.ignore(f.idr_alloc(net_devmem_dmabuf_bindings, id, binding));
    f.refcount_set(binding.ref, 1);
    if (f.is('bind-dmabuf-adds-to-list')) f.list_add(binding.list, priv.bindings);
    f.return(binding);
  },
);

export const net_devmem_bind_dmabuf_to_queue = fn.int(
  'net_devmem_bind_dmabuf_to_queue',
  DEVMEM_C,
  (f, dev: Ref<typeof NetDevice>, index: number, binding: Bound) => {
    const rxq = f.idr_find(rx, index);
    const err = f.call(__net_mp_open_rxq, dev, rxq, binding);
    f.if(err, () => {
      f.return(err);
    });
    if (f.param('bind-fails') === 1) {
      const node = f.kzalloc(XaNode, 'xa_alloc');
      f.if(f.is_null(node), () => {
        f.call(__net_mp_close_rxq, dev, rxq, binding);
        f.return('-ENOMEM');
      });
      f.kfree(node);
    }
    f.ignore(f.idr_alloc(bound_rxqs, index, rxq));
  },
);
