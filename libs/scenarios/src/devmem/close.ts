/**
 * Close of the netlink socket: it unbinds what the socket has bound (net/core/netdev-genl.c). How it comes by the device and
 * its lock is what the variants differ in.
 */
import { fn, type FunctionBuilder, type Ref } from '@lastref/authoring';
import { GENETLINK_C } from '../kernel/files.js';
import { netdev_hold, netdev_lock, netdev_put } from '../kernel/netdevice.js';
import { rtnl_lock, rtnl_unlock } from '../kernel/rtnl.js';
import { net_devmem_unbind_dmabuf } from './binding.js';
import { mutex_unlock, netdev_unlock } from './locks.js';
import { AF_NETLINK_C, Binding, NETDEV_GENL_C, SOCKET_C, type NetdevNlSock } from './objects.js';

type Priv = Ref<typeof NetdevNlSock>;
type Bound = Ref<typeof Binding>;

/** list_for_each_entry_safe(binding, temp, &priv->bindings, list). */
function for_each_binding_safe(
  f: FunctionBuilder,
  priv: Priv,
  body: (binding: Bound) => void,
): void {
  const binding = f.pointer('binding', Binding);
  const temp = f.pointer('temp', Binding);
  f.ignore(f.list_next_entry(binding, priv.bindings, 'list'));
  f.while(
    () => binding,
    () => {
      f.ignore(f.list_next_entry(temp, binding.list, 'list'));
      body(binding);
      f.set(binding, temp);
    },
  );
}

const unbind = (f: FunctionBuilder, binding: Bound): void => {
  if (f.is('close-deletes-from-list')) f.list_del(binding.list);
  f.call(net_devmem_unbind_dmabuf, binding, true);
};

/** Before drop of rtnl. */
const under_rtnl = (f: FunctionBuilder, binding: Bound): void => {
  f.milestone('close');
  rtnl_lock(f);
  unbind(f, binding);
  rtnl_unlock(f);
};

/** Nothing tells that the device is gone. */
const under_stale_device_lock = (f: FunctionBuilder, binding: Bound): void => {
  const dev = f.load(binding.dev);
  f.milestone('close');
  netdev_lock(f, dev);
  unbind(f, binding);
  netdev_unlock(f, f.is('reads-dev-after-unbind') ? f.load(binding.dev) : dev);
};

/** Uninstalling has set dev to NULL, or will have to wait. */
const under_device_lock = (f: FunctionBuilder, priv: Priv, binding: Bound): void => {
  const locked = f.is('binding-lock') || f.is('binding-lock-held-across');
  const inverted = f.is('device-lock-first');
  if (locked) f.mutex_lock(binding.lock);
  const dev = f.load(binding.dev);
  f.if(
    dev,
    () => {
      if (f.is('close-holds-device')) netdev_hold(f, dev);
      if (f.is('binding-lock')) mutex_unlock(f, binding.lock);
      if (inverted) mutex_unlock(f, priv.lock);
      f.milestone('close');
      netdev_lock(f, dev);
      if (inverted) f.mutex_lock(priv.lock);
      if (f.is('binding-lock-held-across')) mutex_unlock(f, binding.lock);
      unbind(f, binding);
      if (inverted) mutex_unlock(f, priv.lock);
      netdev_unlock(f, dev);
      if (f.is('close-holds-device') && !f.is('put-left-out')) netdev_put(f, dev);
      if (inverted) f.mutex_lock(priv.lock);
    },
    () => {
      if (locked) mutex_unlock(f, binding.lock);
      f.milestone('close');
      unbind(f, binding);
    },
  );
};

const netdev_nl_sock_priv_destroy = fn(
  'netdev_nl_sock_priv_destroy',
  NETDEV_GENL_C,
  (f, priv: Priv) => {
    f.mutex_lock(priv.lock);
    for_each_binding_safe(f, priv, (binding) => {
      if (f.is('rtnl-era')) under_rtnl(f, binding);
      else if (f.is('uninstall-clears-dev')) under_device_lock(f, priv, binding);
      else under_stale_device_lock(f, binding);
    });
    mutex_unlock(f, priv.lock);
  },
);

const genl_release = fn('genl_release', GENETLINK_C, (f, priv: Priv) => {
  f.call(netdev_nl_sock_priv_destroy, priv);
  f.kfree(priv);
});

const netlink_release = fn('netlink_release', AF_NETLINK_C, (f, priv: Priv) => {
  f.call(genl_release, priv);
});

export const sock_close = fn('sock_close', SOCKET_C, (f, priv: Priv) => {
  f.call(netlink_release, priv);
});
