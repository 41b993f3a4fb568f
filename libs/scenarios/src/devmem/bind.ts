/** NETDEV_CMD_BIND_RX: a task binds a dmabuf to queues of the device (net/core/netdev-genl.c). */
import { fn, type Ref } from '@lastref/authoring';
import { DEV_C } from '../kernel/files.js';
import { netdev_lock, netdev_put } from '../kernel/netdevice.js';
import { rtnl_lock, rtnl_unlock } from '../kernel/rtnl.js';
import {
  net_devmem_bind_dmabuf,
  net_devmem_bind_dmabuf_to_queue,
  net_devmem_unbind_dmabuf,
} from './binding.js';
import { mutex_unlock, netdev_unlock } from './locks.js';
import {
  dev_by_index,
  NetDevice,
  NETDEV_GENL_C,
  NETLINK_H,
  SkBuff,
  type NetdevNlSock,
} from './objects.js';

/** The device with its lock held, unless it is being unregistered. Before there was that lock, rtnl. */
const netdev_get_by_index_lock = fn.ptr(NetDevice, 'netdev_get_by_index_lock', DEV_C, (f) => {
  if (f.is('rtnl-era')) {
    f.return(f.idr_find(dev_by_index, 0));
    return;
  }
  const dev = f.idr_find_get(dev_by_index, 0, 'dev_refcnt');
  f.if(f.is_null(dev), () => {
    f.return(null);
  });
  netdev_lock(f, dev);
  f.if(f.test_bit(dev.unregistering), () => {
    netdev_unlock(f, dev);
    netdev_put(f, dev);
    f.return(null);
  });
  netdev_put(f, dev);
  f.return(dev);
});

/** Fails where the receiver has no room. */
const genlmsg_reply = fn.int('genlmsg_reply', NETLINK_H, (f) => {
  const skb = f.kzalloc(SkBuff, 'genlmsg_reply');
  f.if(f.is_null(skb), () => {
    f.return('-EAGAIN');
  });
  f.kfree(skb);
});

export const netdev_nl_bind_rx_doit = fn.int(
  'netdev_nl_bind_rx_doit',
  NETDEV_GENL_C,
  (f, priv: Ref<typeof NetdevNlSock>, id: number) => {
    const deviceFirst = f.is('device-lock-first');
    const underRtnl = f.is('rtnl-era');
    const queues = f.param('queues');
    const listedAtOnce = f.is('bind-dmabuf-adds-to-list');
    const err = f.var('err', 1, '-ENODEV');
    if (!deviceFirst) f.mutex_lock(priv.lock);
    if (underRtnl) rtnl_lock(f);
    const dev = f.call(netdev_get_by_index_lock);
    f.if(f.is_null(dev), () => {
      f.goto('err_unlock_sock');
    });
    if (deviceFirst) f.mutex_lock(priv.lock);
    const binding = f.call(net_devmem_bind_dmabuf, priv, dev, id);
    f.if(f.is_null(binding), () => {
      f.set(err, '-ENOMEM');
      f.goto('err_unlock');
    });
    for (let q = 0; q < queues; q++) {
      f.set(err, f.call(net_devmem_bind_dmabuf_to_queue, dev, id * queues + q, binding));
      f.if(err, () => {
        f.goto('err_unbind');
      });
    }
    if (!listedAtOnce) f.list_add(binding.list, priv.bindings);
    if (f.param('reply-fails') === 1) {
      f.set(err, f.call(genlmsg_reply));
      f.if(err, () => {
        f.call(net_devmem_unbind_dmabuf, binding, true);
        f.goto('err_unlock');
      });
    }
    f.goto('err_unlock');
    f.label('err_unbind');
    f.call(net_devmem_unbind_dmabuf, binding, listedAtOnce);
    f.label('err_unlock');
    if (deviceFirst) mutex_unlock(f, priv.lock);
    if (!underRtnl) netdev_unlock(f, dev);
    f.label('err_unlock_sock');
    if (underRtnl) rtnl_unlock(f);
    if (!deviceFirst) mutex_unlock(f, priv.lock);
    f.return(err);
  },
);
