/**
 * The parts of the host, each a scenario of its own with its functions, types and locks unchanged, so that a bug has here
 * the signature that it has there. reboot -f is one task: it goes through the shutdown of the SMMU's devices, then of the
 * network card's. rtnl_mutex is one lock; devices_kset is one list in the kernel, here one of each part, since a walk knows
 * the type of what it meets.
 */
import { composed, type Composition, type SizedCase } from '@lastref/authoring';
import { reader_of_every_port } from '../mlx5/cases.js';
import { mlx5 } from '../mlx5/index.js';
import { every_disconnect_against_open } from '../nbd/cases.js';
import { nbd } from '../nbd/index.js';
import { smmu } from '../smmu/index.js';

export interface Size {
  /** nbd devices, each with a disconnect and an opener. */
  readonly devices: number;
  /** Ports of the network card, each with a reader. */
  readonly ports: number;
}

export const SIZES = {
  small: { devices: 1, ports: 1 },
  medium: { devices: 2, ports: 2 },
  large: { devices: 3, ports: 4 },
} as const satisfies Readonly<Record<string, Size>>;

const composition = (variant: string, { devices, ports }: Size): Composition => ({
  parts: [
    { of: mlx5, variant, case: reader_of_every_port, params: { ports } },
    { of: nbd, variant, case: every_disconnect_against_open, params: { devices } },
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
  apart: ['net_device', 'devices_kset', 'devices_kset_lock'],
});

export const host = (variant: string): Record<string, SizedCase> =>
  Object.fromEntries(
    Object.entries(SIZES).map(([size, of]) => [
      size,
      composed(`${size}: ${of.ports} ports, ${of.devices} nbd devices`, {}, () =>
        composition(variant, of),
      ),
    ]),
  );
