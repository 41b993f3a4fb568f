/** Receive queues with device memory and their page pools (net/core/netdev_rx_queue.c, page_pool.c). All under the device's lock. */
import { fn, type Ref } from '@lastref/authoring';
import { net_devmem_dmabuf_binding_put } from './references.js';
import {
  BNXT_C,
  DEVMEM_C,
  NETDEV_RX_QUEUE_C,
  PAGE_POOL_C,
  PagePool,
  system_wq,
  type Binding,
  type NetDevice,
  type NetdevRxQueue,
} from './objects.js';

type Rxq = Ref<typeof NetdevRxQueue>;
type Pool = Ref<typeof PagePool>;
type Netdev = Ref<typeof NetDevice>;
type Bound = Ref<typeof Binding>;

const mp_dmabuf_devmem_init = fn('mp_dmabuf_devmem_init', DEVMEM_C, (f, pool: Pool) => {
  f.refcount_inc(f.load(pool.mp_priv).ref);
});

const mp_dmabuf_devmem_destroy = fn('mp_dmabuf_devmem_destroy', DEVMEM_C, (f, pool: Pool) => {
  f.call(net_devmem_dmabuf_binding_put, f.load(pool.mp_priv));
});

const page_pool_create = fn.ptr(PagePool, 'page_pool_create', PAGE_POOL_C, (f, mp_priv: Bound) => {
  const pool = f.kzalloc(PagePool, 'page_pool_create');
  f.if(pool, () => {
    f.store(pool.mp_priv, mp_priv);
    f.call(mp_dmabuf_devmem_init, pool);
  });
  f.return(pool);
});

const page_pool_free = fn('page_pool_free', PAGE_POOL_C, (f, pool: Pool) => {
  f.call(mp_dmabuf_devmem_destroy, pool);
  f.kfree(pool);
});

/** kworker: the pages have come back. */
export const page_pool_release_retry = fn(
  'page_pool_release_retry',
  PAGE_POOL_C,
  (f, pool: Pool) => {
    f.call(page_pool_free, pool);
  },
);

const page_pool_destroy = fn('page_pool_destroy', PAGE_POOL_C, (f, pool: Pool) => {
  if (f.param('pages-in-flight') === 1) f.queue_work(f.load(system_wq), pool.release_dw);
  else f.call(page_pool_free, pool);
});

/** The driver gives up the queue's pool, if it has one. */
export const bnxt_free_rx_ring = fn('bnxt_free_rx_ring', BNXT_C, (f, rxq: Rxq) => {
  const pool = f.load(rxq.page_pool);
  f.if(pool, () => {
    f.store(rxq.page_pool, null);
    f.call(page_pool_destroy, pool);
  });
});

const bnxt_queue_start = fn.int('bnxt_queue_start', BNXT_C, (f, rxq: Rxq) => {
  const mp_priv = f.load(rxq.mp_priv);
  f.if(mp_priv, () => {
    const pool = f.call(page_pool_create, mp_priv);
    f.if(f.is_null(pool), () => {
      f.return('-ENOMEM');
    });
    f.store(rxq.page_pool, pool);
  });
});

/** Does nothing for a device that is down (-ENETDOWN). A queue without device memory has no pool here. */
const netdev_rx_queue_restart = fn.int(
  'netdev_rx_queue_restart',
  NETDEV_RX_QUEUE_C,
  (f, dev: Netdev, rxq: Rxq) => {
    f.unless(f.test_bit(dev.start), () => {
      f.return(0);
    });
    f.call(bnxt_free_rx_ring, rxq);
    f.return(f.call(bnxt_queue_start, rxq));
  },
);

export const __net_mp_open_rxq = fn.int(
  '__net_mp_open_rxq',
  NETDEV_RX_QUEUE_C,
  (f, dev: Netdev, rxq: Rxq, binding: Bound) => {
    f.if(f.load(rxq.mp_priv), () => {
      f.return('-EEXIST');
    });
    f.store(rxq.mp_priv, binding);
    const err = f.call(netdev_rx_queue_restart, dev, rxq);
    f.if(err, () => {
      f.store(rxq.mp_priv, null);
    });
    f.return(err);
  },
);

export const __net_mp_close_rxq = fn(
  '__net_mp_close_rxq',
  NETDEV_RX_QUEUE_C,
  (f, dev: Netdev, rxq: Rxq, binding: Bound) => {
    f.check('the queue has this binding', rxq.mp_priv, '==', binding);
    f.store(rxq.mp_priv, null);
    f.call(netdev_rx_queue_restart, dev, rxq);
  },
);
