/** The cases asked of nbd's variants: who does what, from which state, in which order. */
import { task, type CaseSpec, type FunctionBuilder, type SizedCase } from '@lastref/authoring';
import { connect, connect_any, disconnect, disconnect_of } from './genl.js';
import { added, connected, devices_connected, opened_then_server_died } from './given.js';
import {
  bdev_map,
  DestroyComplete,
  Gendisk,
  nbd_index_idr,
  nbd_module,
  NbdConfig,
  NbdDelWq,
  NbdDevice,
  RecvWorkq,
  sysfs_block,
} from './objects.js';
import { blkdev_close, blkdev_open } from './open-close.js';
import { rmmod } from './rmmod.js';

const open_and_stay = (f: FunctionBuilder): void => {
  const disk = f.call(blkdev_open, 0);
  f.if(disk, () => {
    f.stay(disk);
  });
};

const open_and_close = (f: FunctionBuilder): void => {
  const disk = f.call(blkdev_open, 0);
  f.if(disk, () => {
    f.return_to_user();
    f.call(blkdev_close, disk);
  });
};

/** udev, which looks for the disk a number of times before it opens it. */
const look_and_open =
  (minor: number, looks: number) =>
  (f: FunctionBuilder): void => {
    for (let i = 0; i < looks; i++) f.idr_find(bdev_map, minor);
    const disk = f.call(blkdev_open, minor);
    f.if(disk, () => {
      f.stay(disk);
    });
  };

const open_disconnect_close = (f: FunctionBuilder): void => {
  const disk = f.call(blkdev_open, 0);
  f.if(disk, () => {
    f.return_to_user();
    disconnect(f);
    f.return_to_user();
    f.call(blkdev_close, disk);
  });
};

/** Closes what the prologue opened. */
const close_open_disk = (f: FunctionBuilder): void => {
  f.call(blkdev_close, f.idr_find(bdev_map, 0));
};

const DISCONNECT = 'nbd-client -d';
const CONNECT = 'nbd-client connect';
const OPEN = 'open /dev/nbd0';
const RMMOD = 'rmmod nbd';

export const disconnect_against_open: CaseSpec = {
  title: 'disconnect against an open that stays open',
  given: connected,
  tasks: [task(DISCONNECT, disconnect), task(OPEN, open_and_stay)],
};

/** Any number of devices, each disconnected while udev opens it: what a whole host has of it. */
export const every_disconnect_against_udev: SizedCase = {
  title: 'on every device, a disconnect against an open that stays open',
  sized: (param) => {
    const devices = param('devices');
    const looks = param('looks');
    return {
      given: devices_connected(devices),
      tasks: Array.from({ length: devices }, (_, minor) => [
        task(`nbd-client -d /dev/nbd${minor}`, disconnect_of(minor)),
        task(`udevd: open /dev/nbd${minor}`, look_and_open(minor, looks)),
      ]).flat(),
      objects: [
        [NbdDevice, devices],
        [Gendisk, devices],
        [RecvWorkq, devices],
        [NbdConfig, 1 + 2 * devices],
      ],
      sizes: [
        [nbd_index_idr, Math.max(2, devices)],
        [bdev_map, Math.max(2, devices)],
        [sysfs_block, Math.max(2, devices)],
        [nbd_module, 7 * devices],
      ],
    };
  },
};

export const no_overlap: CaseSpec = {
  title: 'open and close have both returned before disconnect starts',
  given: connected,
  tasks: [task(DISCONNECT, disconnect, { after: 'close-returned' }), task(OPEN, open_and_close)],
  reaches: ['close-returned'],
};

export const last_close: CaseSpec = {
  title: 'one task opens, disconnects and closes',
  given: connected,
  tasks: [task(OPEN, open_disconnect_close)],
};

export const two_openers: CaseSpec = {
  title: 'two openers that close, disconnect, connect of the same index',
  given: connected,
  tasks: [
    task(DISCONNECT, disconnect),
    task(CONNECT, connect),
    task(`${OPEN} (1)`, open_and_close),
    task(`${OPEN} (2)`, open_and_close),
  ],
  reaches: ['connect-waited', 'connected'],
};

export const stays_open: CaseSpec = {
  title: 'disconnect; connect waits while the device stays open',
  given: connected,
  tasks: [task(DISCONNECT, disconnect), task(CONNECT, connect), task(OPEN, open_and_stay)],
};

export const reuse_index: CaseSpec = {
  title: 'disconnect, connect of the same index',
  given: connected,
  tasks: [task(DISCONNECT, disconnect), task(CONNECT, connect)],
  reaches: ['connect-waited', 'connected'],
};

export const two_connects: CaseSpec = {
  title: 'two connects wait for one device',
  given: connected,
  tasks: [
    task(DISCONNECT, disconnect),
    task(`${CONNECT} (1)`, connect),
    task(`${CONNECT} (2)`, connect),
  ],
  objects: [[DestroyComplete, 2]],
  reaches: ['connect-waited', 'connected'],
};

const server_dies = {
  given: (f: FunctionBuilder): void => {
    opened_then_server_died(f);
    f.ignore(f.try_module_get(nbd_module));
  },
  tasks: [task('close /dev/nbd0', close_open_disk), task(CONNECT, connect_any)],
};

export const server_dies_live: CaseSpec = {
  title: 'last close after the server died, connect of any index',
  ...server_dies,
  reaches: ['connected'],
};

export const server_dies_worker_stalled: CaseSpec = {
  title: 'last close after the server died, connect of any index, removal worker stalled',
  ...server_dies,
  parked: [NbdDelWq],
};

/** Before c76f48eb5c08: everything in any order. */
export const open_close_connect: CaseSpec = {
  title: 'disconnect, open, close, connect',
  given: connected,
  tasks: [task(DISCONNECT, disconnect), task(CONNECT, connect), task(OPEN, open_and_close)],
  reaches: ['connected'],
};

export const sync_rmmod: CaseSpec = {
  title: 'DESTROY clear: an opener, then rmmod removes the disk itself',
  given: added,
  tasks: [task(OPEN, open_and_close), task(RMMOD, rmmod)],
  reaches: ['rmmod-returned', 'close-returned'],
};

export const rmmod_after_disconnect: CaseSpec = {
  title: 'rmmod starts when disconnect has returned',
  given: connected,
  tasks: [task(DISCONNECT, disconnect), task(RMMOD, rmmod, { after: 'disconnect-returned' })],
  reaches: ['disconnect-returned', 'rmmod-returned'],
};

export const overlapping_rmmod: CaseSpec = {
  title: 'connect or disconnect during rmmod',
  given: connected,
  tasks: [task(DISCONNECT, disconnect), task(CONNECT, connect), task(RMMOD, rmmod)],
};

export const open_allocation_fails: CaseSpec = {
  title: 'allocation fails in nbd_open, then rmmod',
  given: added,
  tasks: [task(OPEN, open_and_close), task(RMMOD, rmmod, { after: 'open-failed' })],
  faults: { points: { nbd_alloc_config: 16_384 } },
  reaches: ['open-failed', 'rmmod-returned'],
};
