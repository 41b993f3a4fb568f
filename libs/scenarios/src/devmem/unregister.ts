/** The device goes down, and goes away (net/core/dev.c, the driver's remove): page pools first, then uninstalling. */
import { fn, primitive, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { DEV_C, RTNETLINK_C } from '../kernel/files.js';
import { netdev_lock, netdev_run_todo } from '../kernel/netdevice.js';
import { rtnl_lock, rtnl_unlock } from '../kernel/rtnl.js';
import { net_devmem_dmabuf_binding_put, xa_entries } from './references.js';
import { mutex_unlock, netdev_unlock } from './locks.js';
import {
  bnxt_en,
  BNXT_C,
  bound_rxqs,
  dev_by_index,
  DEVMEM_C,
  queuesIn,
  rx,
  type Binding,
  type NetDevice,
  type NetdevRxQueue,
  MODULE_MAIN_C,
} from './objects.js';
import { bnxt_free_rx_ring } from './queues.js';
import { probe } from './probe.js';

type Netdev = Ref<typeof NetDevice>;
type Rxq = Ref<typeof NetdevRxQueue>;
type Bound = Ref<typeof Binding>;

const queues = (f: FunctionBuilder): number[] =>
  Array.from({ length: queuesIn((name) => f.param(name)) }, (_, q) => q);

const lock = (f: FunctionBuilder, dev: Netdev): void => {
  if (!f.is('rtnl-era')) netdev_lock(f, dev);
};
const unlock = (f: FunctionBuilder, dev: Netdev): void => {
  if (!f.is('rtnl-era')) netdev_unlock(f, dev);
};

/** ndo_stop. mp_params of the queues stay. */
const bnxt_close = fn('bnxt_close', BNXT_C, (f) => {
  f.milestone('pool-destroyed');
  for (const q of queues(f)) f.call(bnxt_free_rx_ring, f.idr_find(rx, q));
});

const netif_close = fn('netif_close', DEV_C, (f, dev: Netdev) => {
  lock(f, dev);
  f.if(f.test_and_clear_bit(dev.start), () => {
    f.call(bnxt_close);
  });
  unlock(f, dev);
});

/** xa_empty(&binding->bound_rxqs). */
const when_nothing_is_bound = (f: FunctionBuilder, binding: Bound, then: () => void): void => {
  const [first, ...others] = xa_entries(f, binding).map(
    (index) => () => f.not(f.idr_find(bound_rxqs, index)),
  );
  if (first === undefined) return;
  f.if(
    others.reduce((all, next) => f.and(all, next), first()),
    then,
  );
};

/** The binding learns that its device goes. Here the variants differ. */
const device_goes = (f: FunctionBuilder, binding: Bound): void => {
  if (f.is('uninstall-unlinks'))
    when_nothing_is_bound(f, binding, () => {
      f.list_del(binding.list);
      f.call(net_devmem_dmabuf_binding_put, binding);
    });
  if (f.is('uninstall-clears-dev'))
    when_nothing_is_bound(f, binding, () => {
      const locked = f.is('binding-lock') || f.is('binding-lock-held-across');
      if (locked) f.mutex_lock(binding.lock);
      f.store(binding.dev, null);
      if (locked) mutex_unlock(f, binding.lock);
    });
};

/** mp_ops->uninstall. */
const mp_dmabuf_devmem_uninstall = fn(
  'mp_dmabuf_devmem_uninstall',
  DEVMEM_C,
  (f, binding: Bound, rxq: Rxq) => {
    const priv = f.is('priv-lock-in-uninstall') ? f.load(binding.priv) : null;
    if (priv !== null) f.mutex_lock(priv.lock);
    for (const index of xa_entries(f, binding))
      f.if(f.eq(f.idr_find(bound_rxqs, index), rxq), () => {
        f.idr_remove(bound_rxqs, index);
        f.goto('erased');
      });
    f.label('erased');
    device_goes(f, binding);
    if (priv !== null) mutex_unlock(f, priv.lock);
  },
);

const dev_memory_provider_uninstall = fn('dev_memory_provider_uninstall', DEV_C, (f) => {
  f.milestone('uninstalled');
  for (const q of queues(f)) {
    const rxq = f.idr_find(rx, q);
    const mp_priv = f.load(rxq.mp_priv);
    f.if(mp_priv, () => {
      f.call(mp_dmabuf_devmem_uninstall, mp_priv, rxq);
    });
  }
});

/** A running device is closed before anything else. */
const unregister_netdevice_many_notify = fn(
  'unregister_netdevice_many_notify',
  DEV_C,
  (f, dev: Netdev) => {
    f.if(f.test_bit(dev.start), () => {
      f.call(netif_close, dev);
    });
    f.idr_remove(dev_by_index, 0);
    lock(f, dev);
    f.set_bit(dev.unregistering);
    unlock(f, dev);
    lock(f, dev);
    f.call(dev_memory_provider_uninstall);
    unlock(f, dev);
  },
);

const unregister_netdev = fn('unregister_netdev', DEV_C, (f, dev: Netdev) => {
  rtnl_lock(f);
  f.call(unregister_netdevice_many_notify, dev);
  rtnl_unlock(f);
  netdev_run_todo(f, dev);
});

const free_netdev = fn('free_netdev', DEV_C, (f, dev: Netdev) => {
  for (const q of queues(f)) {
    const rxq = f.idr_find(rx, q);
    f.idr_remove(rx, q);
    f.kfree(rxq);
  }
  f.kfree(dev);
});

const bnxt_remove_one = fn('bnxt_remove_one', BNXT_C, (f) => {
  const dev = f.idr_find(dev_by_index, 0);
  f.call(unregister_netdev, dev);
  f.call(free_netdev, dev);
});

const delete_module = primitive('delete_module', MODULE_MAIN_C, (f) => {
  f.if(f.module_begin_exit(bnxt_en), () => {
    f.call(bnxt_remove_one);
    f.milestone('rmmod-returned');
    f.module_free(bnxt_en);
  });
});

const do_setlink = fn('do_setlink', RTNETLINK_C, (f) => {
  rtnl_lock(f);
  const dev = f.idr_find(dev_by_index, 0);
  f.if(dev, () => {
    f.call(netif_close, dev);
  });
  rtnl_unlock(f);
});

/** ip link set IF down. */
export const link_down = (f: FunctionBuilder): void => {
  f.call(do_setlink);
};

/** modprobe -r; or the driver is unbound and bound again, while the module stays. */
export const rmmod = (f: FunctionBuilder): void => {
  if (f.param('rebind') === 0) f.call(delete_module);
  else {
    f.call(bnxt_remove_one);
    probe(f);
  }
};
