/**
 * The parts of the host, each a scenario of its own with its functions, types and locks unchanged, so that a bug has here
 * the signature that it has there. reboot -f is one task: it goes through the shutdown of the SMMU's devices, then of the
 * network card's. rtnl_mutex is one lock; devices_kset is one list in the kernel, here one of each part, since a walk knows
 * the type of what it meets.
 */
import type { Composition, Param } from '@lastref/authoring';
import { devmem } from '../devmem/index.js';
import { reader_of_every_port } from '../mlx5/cases.js';
import { mlx5 } from '../mlx5/index.js';
import { every_disconnect_against_udev } from '../nbd/cases.js';
import { nbd } from '../nbd/index.js';
import { held_then_read } from '../nvmem/cases.js';
import { nvmem } from '../nvmem/index.js';
import { smmu } from '../smmu/index.js';

/** How long who uses a device goes on, so that it is still there when the reboot comes to its device. */
const READS = 4;
const LOOKS = 16;

export const composition = (variant: string, param: Param): Composition => ({
  parts: [
    {
      of: mlx5,
      variant,
      case: reader_of_every_port,
      params: { ports: param('ports'), reads: READS },
    },
    {
      of: nbd,
      variant,
      case: every_disconnect_against_udev,
      params: { devices: param('devices'), looks: LOOKS },
    },
    {
      of: devmem,
      variant,
      case: 'main',
      params: { sockets: param('sockets'), bindings: 1, queues: 1 },
    },
    { of: nvmem, variant, case: held_then_read },
    { of: smmu, variant, case: 'main' },
  ],
  joins: [
    {
      task: 'reboot -f',
      runs: [
        ['smmu', 'reboot -f'],
        ['mlx5', 'reboot'],
      ],
    },
  ],
  shared: ['rtnl_mutex'],
  apart: ['net_device', 'eth0', 'devices_kset', 'devices_kset_lock'],
});
