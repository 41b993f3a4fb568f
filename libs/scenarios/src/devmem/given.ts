/** The prologue: a device that is up, sockets that have bound device memory to its queues, and sockets that have not yet. */
import { argument, type FunctionBuilder } from '@lastref/authoring';
import { netdev_nl_bind_rx_doit } from './bind.js';
import { NetdevNlSock, system_wq, SystemWq } from './objects.js';
import { probe } from './probe.js';
import { link_down } from './unregister.js';

/** The private data of each socket: of those that have bound, and of those that will. */
export const bound_socks = [0, 1].map((n) => argument(`socket ${n}`, NetdevNlSock));
export const new_socks = [0, 1].map((n) => argument(`new socket ${n}`, NetdevNlSock));

const sockets = (
  f: FunctionBuilder,
  count: number,
  args: typeof bound_socks,
  use: (priv: ReturnType<typeof new_sock>, n: number) => void,
): void => {
  args.slice(0, count).forEach((arg, n) => {
    const priv = new_sock(f);
    use(priv, n);
    f.pass(arg, priv);
  });
};

const new_sock = (f: FunctionBuilder) => {
  const priv = f.kzalloc(NetdevNlSock);
  f.INIT_LIST_HEAD(priv.bindings);
  return priv;
};

export const bound = (f: FunctionBuilder): void => {
  const bindings = f.param('bindings');
  if (f.param('pages-in-flight') === 1) f.store(system_wq, f.alloc_workqueue(SystemWq));
  probe(f);
  sockets(f, f.param('sockets'), bound_socks, (priv, n) => {
    for (let b = 0; b < bindings; b++) f.call(netdev_nl_bind_rx_doit, priv, n * bindings + b);
  });
  sockets(f, f.param('binders'), new_socks, () => undefined);
  if (f.param('down-before') === 1) link_down(f);
};
