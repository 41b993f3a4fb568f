/**
 * devmem's objects: the netlink socket's private data, bindings of a dmabuf, the network device with its receive queues and
 * their page pools. How many there are follows from the case's parameters.
 */
import {
  completion,
  flag,
  Idr,
  int,
  KernelModule,
  list,
  mutex,
  ptr,
  refcount,
  statics,
  Struct,
  work,
  Workqueue,
  type AnyStruct,
  type Param,
} from '@lastref/authoring';

export const DEVMEM_C = 'net/core/devmem.c';
export const NETDEV_GENL_C = 'net/core/netdev-genl.c';
export const NETDEV_RX_QUEUE_C = 'net/core/netdev_rx_queue.c';
export const PAGE_POOL_C = 'net/core/page_pool.c';
export const AF_NETLINK_C = 'net/netlink/af_netlink.c';
export const NETLINK_H = 'include/net/genetlink.h';
export const SOCKET_C = 'net/socket.c';
export const MODULE_MAIN_C = 'kernel/module/main.c';
export const BNXT_C = 'drivers/net/ethernet/broadcom/bnxt/bnxt.c';

/** Most bindings, and queues of all bindings together, that parameters can ask for. */
const BINDINGS_MAX = 8;
const QUEUES_MAX = 15;

/** What the family keeps for one netlink socket. */
export class NetdevNlSock extends Struct {
  static override readonly tag = 'netdev_nl_sock';
  lock = mutex();
  bindings = list();
}

export class Binding extends Struct {
  static override readonly tag = 'net_devmem_dmabuf_binding';
  /** The socket's reference, and one of each page pool. */
  ref = refcount(7);
  list = list();
  /** No reference is held. */
  dev = ptr(() => NetDevice);
  /** The fix: protects dev. */
  lock = mutex();
  /** Patch v2. */
  priv = ptr(() => NetdevNlSock);
  id = int(BINDINGS_MAX - 1);
}

/** One of dev->_rx[]. */
export class NetdevRxQueue extends Struct {
  static override readonly tag = 'netdev_rx_queue';
  /** mp_params.mp_priv; mp_ops is set exactly where it is. */
  mp_priv = ptr(() => Binding);
  /** The driver's pool for this queue, where it has device memory. */
  page_pool = ptr(() => PagePool);
}

export class PagePool extends Struct {
  static override readonly tag = 'page_pool';
  mp_priv = ptr(() => Binding);
  /** Frees the pool when the pages in flight have come back. */
  release_dw = work();
}

export class NetDevice extends Struct {
  static override readonly tag = 'net_device';
  lock = mutex();
  dev_refcnt = refcount(7);
  unreferenced = completion();
  /** __LINK_STATE_START: netif_running. */
  start = flag();
  /** reg_state is beyond NETREG_REGISTERED. */
  unregistering = flag();
}

/** A node of a binding's xarray. */
export class XaNode extends Struct {
  static override readonly tag = 'xa_node';
}

/** An answer on its way to the socket. */
export class SkBuff extends Struct {
  static override readonly tag = 'sk_buff';
}

/** Where pools wait for pages in flight. */
export class SystemWq extends Workqueue {
  static override readonly tag = 'system_wq';
}

export const { system_wq, test_script } = statics({
  system_wq: ptr(() => SystemWq),
  /** Held by the command that a test runs, where it runs one after the other. */
  test_script: mutex(),
});

/** Devices by index, as netdev_get_by_index finds them. */
export const dev_by_index = new Idr('dev_by_index', NetDevice, 1);
/** dev->_rx. */
export const rx = new Idr('_rx', NetdevRxQueue, QUEUES_MAX);
/** All bindings by id. */
export const net_devmem_dmabuf_bindings = new Idr(
  'net_devmem_dmabuf_bindings',
  Binding,
  BINDINGS_MAX,
);
/** The xarrays of all bindings, one behind the other: `queues` entries each. */
export const bound_rxqs = new Idr('bound_rxqs', NetdevRxQueue, QUEUES_MAX);
export const bnxt_en = new KernelModule('bnxt_en', 1, [BNXT_C]);

/** The ids of the bindings that a task makes. */
export const ownedIds = (param: Param, task: number): number[] =>
  Array.from(
    { length: param('binds') },
    (_, n) => param('sockets') * param('bindings') + task * param('binds') + n,
  );

/** Bindings of sockets that are there from the start, and of tasks that bind. */
export const bindingsIn = (param: Param): number =>
  param('sockets') * param('bindings') + param('binders') * param('binds');
export const queuesIn = (param: Param): number => bindingsIn(param) * param('queues');

/** Pool sizes of a case. */
export const pools = (param: Param): [AnyStruct, number][] => [
  [NetdevNlSock, Math.max(1, param('sockets') + param('binders'))],
  [Binding, bindingsIn(param)],
  [NetdevRxQueue, queuesIn(param)],
  [PagePool, queuesIn(param)],
  [NetDevice, 1 + param('rebind')],
  [XaNode, Math.max(1, param('binders'))],
  [SkBuff, Math.max(1, param('binders'))],
];
