/**
 * What is expected of devmem's cases: 20 rows. `report` comes from the bug report, `source` from the kernel's source and the
 * patches, `inferred` was reasoned. Exhaustive search agrees with all of them, once four were corrected.
 */
import { expectations } from '../expectation.js';

const CLOSE = 'use-after-free@netdev_nl_sock_priv_destroy';
const BEHIND_A_LOCK = {
  expect: `all:${CLOSE}|any:held-lock-freed@free_netdev`,
  corrected:
    'a close that waits for the device lock may get it when uninstall gives it up: then the device is freed with its lock held',
} as const;
const CLEAN = { expect: 'clean', reports: [] } as const;
const EVERY_ORDER = 'close, link down and rmmod in every order and overlap';

export const devmemExpectations = expectations('devmem', {
  'rtnl-era': {
    main: {
      title: 'close under rtnl, which never touches the net_device; every order',
      ...CLEAN,
      basis: 'source',
    },
  },
  'reread-dev-after-unbind': {
    main: {
      title: 'close drops the last binding reference, then reads dev again',
      ...BEHIND_A_LOCK,
      reports: [],
      control: 'fixed/main',
      basis: 'source',
    },
  },
  buggy: {
    main: {
      title: 'close, link down and rmmod in any order',
      expect: `all:${CLOSE}`,
      min: '0/0/1',
      reports: [],
      basis: 'report',
    },
    'order-close-down-uninstall': {
      title: 'close, page pool destroyed, uninstalled',
      ...CLEAN,
      basis: 'report',
    },
    'order-down-close-uninstall': {
      title: 'page pool destroyed, close, uninstalled',
      ...CLEAN,
      basis: 'report',
    },
    'order-down-uninstall-close': {
      title: 'page pool destroyed, uninstalled, close',
      expect: `all:${CLOSE}`,
      min: '0/0/1',
      reports: [],
      basis: 'report',
    },
    'order-uninstall-before-down': {
      title: 'uninstalled before the page pool is destroyed: unregistering closes a device first',
      expect: 'unreachable',
      reports: [],
      basis: 'report',
    },
    'overlap-on-device-lock': {
      title: 'close waits for the device lock that uninstall holds; then the device is freed',
      expect: `any:held-lock-freed@free_netdev;${CLOSE}`,
      reports: [],
      basis: 'inferred',
    },
  },
  fixed: {
    main: {
      title: `${EVERY_ORDER}, two bindings, two queues`,
      ...CLEAN,
      basis: 'report',
    },
    'two-step-unlock': {
      title: 'the same where mutex_unlock is two steps',
      expect: 'any:use-after-free@mp_dmabuf_devmem_uninstall',
      reports: [],
      basis: 'inferred',
    },
    'reply-fails': {
      title: 'genlmsg_reply fails, then another bind or a close',
      ...CLEAN,
      basis: 'inferred',
    },
  },
  'flag-only': {
    main: {
      title: 'dev = NULL at uninstall, tested at close, no lock and no reference',
      ...BEHIND_A_LOCK,
      min: '0/1/2',
      reports: [],
      control: 'fixed/main',
      basis: 'inferred',
    },
  },
  'lock-without-hold': {
    main: {
      title: 'binding lock around the load, no netdev_hold',
      ...BEHIND_A_LOCK,
      min: '0/1/2',
      reports: [],
      control: 'fixed/main',
      basis: 'inferred',
    },
  },
  'lock-held-across': {
    main: {
      title: 'binding lock kept while the device lock is taken',
      expect: 'all:deadlock@mp_dmabuf_devmem_uninstall+netdev_nl_sock_priv_destroy',
      min: '0/1/1',
      reports: ['lock-order'],
      control: 'fixed/main',
      basis: 'inferred',
    },
  },
  'patch-v1': {
    'no-overlap': {
      title: 'page pool destroyed, uninstalled, and close starts when rmmod has returned',
      ...CLEAN,
      basis: 'source',
    },
    main: {
      title: 'close overlaps uninstall',
      expect: `all:use-after-free@net_devmem_unbind_dmabuf|any:${CLOSE};held-lock-freed@free_netdev;list-corruption@netdev_nl_sock_priv_destroy`,
      reports: [],
      control: 'fixed/main',
      basis: 'source',
      corrected:
        'close may also meet the freed binding or its poison in its walk of the list, or the device, of which it still holds no reference',
    },
  },
  'patch-v2': {
    main: {
      title: EVERY_ORDER,
      ...CLEAN,
      basis: 'source',
    },
  },
  'patch-v2-half-applied': {
    main: {
      title: 'close against rmmod: breaks priv->lock, device lock, binding->lock',
      expect: 'all:deadlock@mp_dmabuf_devmem_uninstall+netdev_nl_sock_priv_destroy',
      reports: ['lock-order'],
      control: 'fixed/main',
      basis: 'report',
    },
  },
  'patch-v3': {
    'reply-fails': {
      title: 'genlmsg_reply fails, then another bind or a close',
      expect: `any:use-after-free@netdev_nl_bind_rx_doit;${CLOSE}`,
      reports: [],
      control: 'fixed/reply-fails',
      basis: 'source',
    },
  },
  'hold-never-put': {
    main: {
      title: 'the fix without its netdev_put: waiting for the device to become free',
      expect: 'all:hung-task@netdev_run_todo',
      reports: [],
      control: 'fixed/main',
      basis: 'inferred',
    },
  },
});
