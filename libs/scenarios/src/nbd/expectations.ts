/**
 * What is expected of nbd's cases: 26 rows. `report` comes from the bug report, `source` from the kernel's source,
 * `inferred` was reasoned. The two deadlocks are the report's; the hang, the livelock and the rmmod races are latent in its fix.
 */
import { expectations } from '../expectation.js';

export const nbdExpectations = expectations('nbd', {
  'before-bd-mutex': {
    main: {
      title: 'disconnect, open, close and connect in any order',
      expect: 'clean',
      reports: [],
      basis: 'report',
    },
  },
  buggy: {
    main: {
      title: 'a connected device with dead sockets: disconnect against an open that stays open',
      expect: 'all:deadlock@del_gendisk+nbd_open',
      min: '0/1/1',
      reports: ['lock-order'],
      basis: 'report',
    },
    'no-overlap': {
      title: 'open and close have both returned before disconnect starts',
      expect: 'clean',
      reports: ['lock-order'],
      basis: 'report',
    },
    'last-close': {
      title: 'one task opens, disconnects and closes',
      expect: 'all:deadlock@del_gendisk',
      min: '0/0/0',
      reports: ['recursive-lock'],
      basis: 'report',
    },
  },
  fixed: {
    main: {
      title: 'two openers that close, disconnect, connect of the same index',
      expect: 'clean',
      reports: [],
      basis: 'report',
    },
    'disconnect-against-open': {
      title: 'disconnect against an open that stays open',
      expect: 'clean',
      reports: [],
      basis: 'report',
    },
    'last-close': {
      title: 'one task opens, disconnects and closes',
      expect: 'clean',
      reports: [],
      basis: 'report',
    },
    'sync-rmmod': {
      title: 'DESTROY clear: an opener, then rmmod removes the disk itself',
      expect: 'clean',
      reports: ['lock-order'],
      basis: 'inferred',
    },
    'stays-open': {
      title: 'disconnect; connect waits while the device stays open',
      expect: 'all:hung-task@nbd_genl_connect',
      reports: [],
      basis: 'inferred',
    },
    'server-dies-worker-stalled': {
      title: 'last close, connect of any index, removal worker stalled',
      expect: 'all:livelock@nbd_genl_connect',
      reports: [],
      basis: 'inferred',
    },
    'server-dies': {
      title: 'the same with the worker live',
      expect: 'clean',
      reports: [],
      basis: 'inferred',
    },
    'overlapping-rmmod': {
      title: 'connect or disconnect during rmmod',
      expect:
        'any:refcount-underflow@nbd_put;use-after-free@nbd_cleanup;use-after-free@nbd_put;module-text-fault@nbd_genl_connect;leak@nbd_dev_add',
      reports: [],
      basis: 'source',
    },
    'open-allocation-fails': {
      title: 'an allocation fails in nbd_open, then rmmod',
      expect: 'any:leak@nbd_dev_add;hung-task@nbd_genl_connect',
      reports: [],
      basis: 'source',
    },
    'rmmod-after-disconnect': {
      title: 'rmmod starts when disconnect has returned',
      expect: 'clean',
      reports: [],
      basis: 'inferred',
    },
    'reuse-index': {
      title: 'disconnect, connect of the same index',
      expect: 'clean',
      reports: [],
      basis: 'report',
    },
    'two-connects': {
      title: 'the same with genl_mutex',
      expect: 'clean',
      reports: [],
      basis: 'inferred',
    },
  },
  'upstream-5.15': {
    'sync-rmmod': {
      title: 'nbd_index_mutex only around idr_remove: the report is gone',
      expect: 'clean',
      reports: [],
      basis: 'source',
    },
  },
  'patch-v1': {
    'rmmod-after-disconnect': {
      title: 'the same; removal work is still pending',
      expect:
        'all:refcount-underflow@nbd_put|any:use-after-free@nbd_cleanup;use-after-free@nbd_put',
      min: '0/0/1',
      reports: [],
      control: 'fixed/rmmod-after-disconnect',
      basis: 'source',
    },
  },
  'exit-does-not-skip': {
    'rmmod-after-disconnect': {
      title: 'the same; removal work is still pending',
      expect:
        'all:refcount-underflow@nbd_put|any:use-after-free@nbd_cleanup;use-after-free@nbd_put',
      min: '0/0/1',
      reports: [],
      control: 'fixed/rmmod-after-disconnect',
      basis: 'report',
    },
  },
  'cleanup-does-not-wait': {
    'rmmod-after-disconnect': {
      title: 'rmmod ends before the removal work runs',
      expect: 'all:module-text-fault@nbd_dev_remove_work',
      min: '0/0/2',
      reports: [],
      control: 'fixed/rmmod-after-disconnect',
      basis: 'report',
    },
  },
  'idr-removed-early': {
    'reuse-index': {
      title: 'the index is reused before the disk is gone',
      expect: 'all:duplicate-name@nbd_dev_add',
      min: '0/0/1',
      reports: [],
      control: 'fixed/reuse-index',
      basis: 'report',
    },
  },
  'complete-before-idr-remove': {
    'reuse-index': {
      title: 'connect is woken too early',
      expect: 'any:hung-task@nbd_genl_connect;use-after-free@nbd_genl_connect',
      reports: [],
      control: 'fixed/reuse-index',
      basis: 'inferred',
    },
  },
  'complete-after-free': {
    'reuse-index': {
      title: 'the completion is read after kfree',
      expect: 'all:use-after-free@nbd_notify_destroy_completion',
      reports: [],
      control: 'fixed/reuse-index',
      basis: 'inferred',
    },
  },
  'without-genl-mutex': {
    'two-connects': {
      title: 'two connects wait for one device',
      expect: 'all:hung-task@nbd_genl_connect',
      reports: [],
      control: 'fixed/two-connects',
      basis: 'inferred',
    },
  },
  'locked-del-gendisk': {
    'last-close': {
      title: 'a helper that expects open_mutex held',
      expect: 'clean',
      reports: [],
      basis: 'source',
    },
    main: {
      title: 'disconnect against an open that stays open',
      expect: 'all:deadlock@del_gendisk+nbd_open',
      min: '0/1/1',
      reports: ['lock-order'],
      control: 'fixed/disconnect-against-open',
      basis: 'source',
    },
  },
});
