/** devmem: a netlink socket is closed after its network device is gone. The story is in README.md beside this file. */
import { parameter, type Scenario } from '@lastref/authoring';
import * as cases from './cases.js';
import { bnxt_en, PagePool } from './objects.js';
import { page_pool_release_retry } from './queues.js';

const BINDING_LOCK = ['uninstall-clears-dev', 'binding-lock'];
const FIXED = [...BINDING_LOCK, 'close-holds-device', 'bind-dmabuf-adds-to-list'];
const main = { main: cases.overlapping };

export const devmem: Scenario = {
  name: 'devmem',
  title: 'a devmem socket is closed after its network device is gone',
  switches: {
    'rtnl-era': 'before 1d22d3060b9b: rtnl protects bindings, nobody takes the device lock',
    'reads-dev-after-unbind': 'before 42f342387841: binding->dev is read again to unlock it',
    'uninstall-clears-dev': 'uninstall sets binding->dev to NULL, close looks',
    'binding-lock': 'binding->lock protects dev',
    'binding-lock-held-across': 'close keeps binding->lock while it takes the device lock',
    'close-holds-device': 'close takes a reference of the device under binding->lock',
    'put-left-out': 'close never gives it back',
    'bind-dmabuf-adds-to-list': 'net_devmem_bind_dmabuf adds the binding to the socket',
    'uninstall-unlinks': 'v1: uninstall takes the binding off the list and drops its reference',
    'device-lock-first': 'v2: close and bind take the device lock before priv->lock',
    'priv-lock-in-uninstall': 'v2: uninstall runs under priv->lock',
    'close-deletes-from-list': 'v3: close, not unbind, takes the binding off the list',
  },
  params: {
    sockets: parameter('sockets that have bound', { min: 0, max: 2, default: 1 }),
    bindings: parameter('bindings of each of them', { min: 1, max: 2, default: 1 }),
    queues: parameter('queues of each binding', { min: 1, max: 2, default: 1 }),
    binders: parameter('tasks that bind, then close', { min: 0, max: 2, default: 0 }),
    binds: parameter('how often each of them binds', { min: 1, max: 2, default: 1 }),
    'link-down': parameter('a task takes the interface down', { min: 0, max: 1, default: 1 }),
    'down-before': parameter('the interface is down from the start', {
      min: 0,
      max: 1,
      default: 0,
    }),
    'pages-in-flight': parameter('pools wait for their pages', { min: 0, max: 1, default: 0 }),
    'reply-fails': parameter('an answer to a bind is not delivered', {
      min: 0,
      max: 1,
      default: 0,
    }),
    'bind-fails': parameter('an allocation of a bind fails', { min: 0, max: 1, default: 0 }),
    'two-step-unlock': parameter('mutex_unlock is two steps', { min: 0, max: 1, default: 0 }),
    rebind: parameter('the driver is unbound and bound again', { min: 0, max: 1, default: 0 }),
  },
  modules: [bnxt_en],
  works: [[PagePool, 'release_dw', page_pool_release_retry]],
  variants: {
    'rtnl-era': {
      title: 'close under rtnl',
      switches: ['rtnl-era'],
      cases: main,
    },
    'reread-dev-after-unbind': {
      title: 'close reads binding->dev after unbinding',
      switches: ['reads-dev-after-unbind'],
      cases: main,
    },
    buggy: {
      title: 'close takes the lock of a device it has no reference of',
      switches: [],
      cases: {
        main: cases.in_any_order,
        'order-close-down-uninstall': cases.close_down_uninstall,
        'order-down-close-uninstall': cases.down_close_uninstall,
        'order-down-uninstall-close': cases.down_uninstall_close,
        'order-uninstall-before-down': cases.uninstall_before_down,
        'overlap-on-device-lock': cases.overlap_on_device_lock,
      },
    },
    fixed: {
      title: 'binding->lock and a reference',
      switches: FIXED,
      cases: {
        ...main,
        'two-step-unlock': cases.two_step_unlock,
        'reply-fails': cases.reply_fails,
      },
    },
    'flag-only': {
      title: 'dev is set to NULL, nothing more',
      switches: ['uninstall-clears-dev'],
      cases: main,
    },
    'lock-without-hold': {
      title: 'binding->lock without a reference',
      switches: BINDING_LOCK,
      cases: main,
    },
    'lock-held-across': {
      title: 'binding->lock is kept while the device lock is taken',
      switches: ['uninstall-clears-dev', 'binding-lock-held-across'],
      cases: main,
    },
    'patch-v1': {
      title: 'uninstall unlinks the binding',
      switches: ['uninstall-unlinks'],
      cases: { 'no-overlap': cases.no_overlap, ...main },
    },
    'patch-v2': {
      title: 'the device lock before priv->lock',
      switches: [
        'uninstall-clears-dev',
        'close-holds-device',
        'device-lock-first',
        'priv-lock-in-uninstall',
      ],
      cases: main,
    },
    'patch-v2-half-applied': {
      title: 'only uninstall of v2',
      switches: ['uninstall-clears-dev', 'priv-lock-in-uninstall'],
      cases: main,
    },
    'patch-v3': {
      title: 'close takes the binding off the list',
      switches: [...BINDING_LOCK, 'close-holds-device', 'close-deletes-from-list'],
      cases: { 'reply-fails': cases.reply_fails },
    },
    'hold-never-put': {
      title: 'the reference is never given back',
      switches: [...FIXED, 'put-left-out'],
      cases: main,
    },
  },
};
