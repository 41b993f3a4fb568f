/** nbd: del_gendisk deadlocks with NBD_DESTROY_ON_DISCONNECT. The story is in README.md beside this file. */
import { parameter, type Scenario } from '@lastref/authoring';
import * as cases from './cases.js';
import { recv_work } from './config.js';
import { nbd_dev_remove_work } from './device.js';
import { nbd_module, NbdDevice } from './objects.js';

const BUGGY = ['del-gendisk-takes-open-mutex', 'genl-mutex'];
const FIXED = [...BUGGY, 'removal-in-worker', 'exit-skips-dying', 'cleanup-waits'];
const without = (name: string): string[] => FIXED.filter((other) => other !== name);

export const nbd: Scenario = {
  name: 'nbd',
  title: 'del_gendisk deadlocks with NBD_DESTROY_ON_DISCONNECT',
  switches: {
    'del-gendisk-takes-open-mutex': 'c76f48eb5c08: del_gendisk takes open_mutex to drop partitions',
    'del-gendisk-locked': 'a del_gendisk for callers that hold open_mutex already',
    'clears-private-data': 'removal sets disk->private_data to NULL',
    'genl-mutex': 'netlink handlers of the family run one at a time',
    'removal-in-worker': 'a worker deletes the disk, the index is freed behind it',
    'removal-on-system-wq': 'that worker is one of system_wq',
    'every-last-put-queues': 'also without DESTROY_ON_DISCONNECT',
    'exit-skips-dying': 'nbd_exit_cb leaves out devices whose last reference is gone',
    'cleanup-waits': 'nbd_cleanup destroys nbd_del_wq, so it waits for removals',
    'idr-removed-early': 'the index is freed before the disk is deleted',
    'complete-before-idr-remove': 'who waits for the index is told before it is free',
    'complete-after-free': 'who waits for the index is told after kfree',
    'put-without-index-mutex': '5.15: nbd_index_mutex only around idr_remove',
  },
  params: {
    devices: parameter('devices', { min: 1, max: 4, default: 1 }),
    looks: parameter('times that udev looks for each first', { min: 0, max: 40, default: 0 }),
  },
  modules: [nbd_module],
  works: [
    [NbdDevice, 'remove_work', nbd_dev_remove_work],
    [NbdDevice, 'recv_work', recv_work],
  ],
  variants: {
    'before-bd-mutex': {
      title: 'del_gendisk takes no lock',
      switches: ['genl-mutex', 'clears-private-data'],
      cases: { main: cases.open_close_connect },
    },
    buggy: {
      title: 'del_gendisk under nbd_index_mutex',
      switches: BUGGY,
      cases: {
        main: cases.disconnect_against_open,
        'no-overlap': cases.no_overlap,
        'last-close': cases.last_close,
      },
    },
    fixed: {
      title: 'del_gendisk in a worker',
      switches: FIXED,
      cases: {
        main: cases.two_openers,
        'disconnect-against-open': cases.disconnect_against_open,
        'last-close': cases.last_close,
        'sync-rmmod': cases.sync_rmmod,
        'stays-open': cases.stays_open,
        'server-dies-worker-stalled': cases.server_dies_worker_stalled,
        'server-dies': cases.server_dies_live,
        'overlapping-rmmod': cases.overlapping_rmmod,
        'open-allocation-fails': cases.open_allocation_fails,
        'rmmod-after-disconnect': cases.rmmod_after_disconnect,
        'reuse-index': cases.reuse_index,
        'two-connects': cases.two_connects,
      },
    },
    'upstream-5.15': {
      title: 'nbd_index_mutex only around idr_remove',
      switches: [...FIXED, 'put-without-index-mutex'],
      cases: { 'sync-rmmod': cases.sync_rmmod },
    },
    'patch-v1': {
      title: 'every last put queues, exit skips nothing',
      switches: [...without('exit-skips-dying'), 'every-last-put-queues'],
      cases: { 'rmmod-after-disconnect': cases.rmmod_after_disconnect },
    },
    'exit-does-not-skip': {
      title: 'exit does not skip dying devices',
      switches: without('exit-skips-dying'),
      cases: { 'rmmod-after-disconnect': cases.rmmod_after_disconnect },
    },
    'cleanup-does-not-wait': {
      title: 'cleanup does not wait for removals',
      switches: [...without('cleanup-waits'), 'removal-on-system-wq'],
      cases: { 'rmmod-after-disconnect': cases.rmmod_after_disconnect },
    },
    'idr-removed-early': {
      title: 'the index is freed before the disk is gone',
      switches: [...FIXED, 'idr-removed-early'],
      cases: { 'reuse-index': cases.reuse_index },
    },
    'complete-before-idr-remove': {
      title: 'connect is woken too early',
      switches: [...FIXED, 'complete-before-idr-remove'],
      cases: { 'reuse-index': cases.reuse_index },
    },
    'complete-after-free': {
      title: 'the completion is read after kfree',
      switches: [...FIXED, 'complete-after-free'],
      cases: { 'reuse-index': cases.reuse_index },
    },
    'without-genl-mutex': {
      title: 'handlers of the family run at the same time',
      switches: without('genl-mutex'),
      cases: { 'two-connects': cases.two_connects },
    },
    'locked-del-gendisk': {
      title: 'del_gendisk for callers that hold open_mutex',
      switches: [...BUGGY, 'del-gendisk-locked'],
      cases: { main: cases.disconnect_against_open, 'last-close': cases.last_close },
    },
  },
};
