/** nbd: del_gendisk deadlocks with NBD_DESTROY_ON_DISCONNECT. The story is in README.md beside this file. */
import type { Scenario } from '@lastref/authoring';
import * as cases from './cases.js';
import { recv_work } from './config.js';
import { nbd_dev_remove_work } from './device.js';
import { nbd_module, NbdDevice } from './objects.js';

export const nbd: Scenario = {
  name: 'nbd',
  title: 'del_gendisk deadlocks with NBD_DESTROY_ON_DISCONNECT',
  switches: {
    'del-gendisk-takes-open-mutex': 'c76f48eb5c08: del_gendisk takes open_mutex to drop partitions',
    'removal-in-worker': 'the fix: a worker deletes the disk, the index is freed behind it',
    'genl-mutex': 'netlink handlers of the family run one at a time',
  },
  modules: [nbd_module],
  works: [
    [NbdDevice, 'remove_work', nbd_dev_remove_work],
    [NbdDevice, 'recv_work', recv_work],
  ],
  variants: {
    buggy: {
      title: 'del_gendisk under nbd_index_mutex',
      switches: ['del-gendisk-takes-open-mutex', 'genl-mutex'],
      cases: {
        main: cases.disconnect_against_open,
        'no-overlap': cases.no_overlap,
        'last-close': cases.last_close,
      },
    },
    fixed: {
      title: 'del_gendisk in a worker',
      switches: ['del-gendisk-takes-open-mutex', 'removal-in-worker', 'genl-mutex'],
      cases: {
        main: cases.two_openers,
        'disconnect-against-open': cases.disconnect_against_open,
        'last-close': cases.last_close,
        'stays-open': cases.stays_open,
        'server-dies-worker-stalled': cases.server_dies_worker_stalled,
        'server-dies': cases.server_dies_live,
        'reuse-index': cases.reuse_index,
        'two-connects': cases.two_connects,
      },
    },
  },
};
