/** The cases asked of mlx5's variants: who reads what while which ports go away. */
import {
  task,
  type AnyStruct,
  type CaseSpec,
  type FunctionBuilder,
  type SizedCase,
} from '@lastref/authoring';
import { mlx5_pci_err_detected, mlx5_pci_resume } from './main.js';
import { mlx5e_remove } from './netdev.js';
import { one_port, ports_up, two_ports } from './given.js';
import {
  CmdWorkEnt,
  CmdWq,
  DmaCoherent,
  DmaPage,
  DmaPool,
  KernfsNode,
  Mlx5CoreDev,
  NetDevice,
  open_files,
  pci_bus,
  PciDev,
} from './objects.js';
import { duplex_show, ethtool_pause, read_file, read_file_again, speed_show } from './sysfs.js';
import { reboot } from './shutdown.js';

const REBOOT = task('reboot', reboot);
const SPEED_OF_P3P1 = task('cat /sys/class/net/p3p1/speed', read_file(0, speed_show));
const SPEED_OF_P3P2 = task('cat /sys/class/net/p3p2/speed', read_file(1, speed_show));
const DUPLEX_OF_P3P1 = task('cat /sys/class/net/p3p1/duplex', read_file(0, duplex_show));

/** Pool sizes for one port with one command in flight. */
const ONE_PORT: [AnyStruct, number][] = [
  [DmaCoherent, 2],
  [DmaPage, 2],
  [DmaPool, 1],
  [CmdWq, 1],
  [CmdWorkEnt, 1],
  [Mlx5CoreDev, 1],
  [NetDevice, 1],
  [KernfsNode, 1],
  [PciDev, 1],
];

/** What is left of a command while the next is under way. */
const BESIDE_THE_NEXT: readonly AnyStruct[] = [CmdWorkEnt, DmaPage, DmaCoherent];

/** Any number of ports, each with a monitor that reads speed again and again: what a whole host has of it. */
export const reader_of_every_port: SizedCase = {
  title: 'reboot, a reader of speed on every port',
  sized: (param) => {
    const ports = param('ports');
    return {
      given: ports_up(ports),
      tasks: [
        REBOOT,
        ...Array.from({ length: ports }, (_, port) =>
          task(
            `cat /sys/class/net/p3p${port + 1}/speed`,
            read_file_again(port, speed_show, param('reads')),
          ),
        ),
      ],
      // A command that timed out may be pointed to still when the next one is made.
      objects: [
        ...ONE_PORT.filter(([type]) => !BESIDE_THE_NEXT.includes(type)).map(
          ([type, n]): [AnyStruct, number] => [type, n * ports],
        ),
        ...BESIDE_THE_NEXT.map((type): [AnyStruct, number] => [type, 3 * ports]),
      ],
      sizes: [
        [pci_bus, Math.max(2, ports)],
        [open_files, Math.max(2, ports)],
      ],
    };
  },
};

export const two_readers: CaseSpec = {
  title: 'reboot, two ports, two readers of speed',
  given: two_ports,
  tasks: [REBOOT, SPEED_OF_P3P2, SPEED_OF_P3P1],
  reaches: ['restarted', 'message-queued'],
};

/** The same where no reader is left when the pool goes: none of them makes it grow. */
export const two_readers_drained: CaseSpec = {
  ...two_readers,
  objects: [
    [DmaCoherent, 2],
    [DmaPage, 2],
  ],
};

export const speed_and_duplex: CaseSpec = {
  title: 'reboot, two ports, readers of speed and duplex',
  given: two_ports,
  tasks: [REBOOT, SPEED_OF_P3P2, DUPLEX_OF_P3P1],
  reaches: ['restarted', 'message-queued'],
};

const one_reader: CaseSpec = {
  title: 'reboot, a reader of speed',
  given: one_port,
  tasks: [REBOOT, SPEED_OF_P3P1],
  objects: ONE_PORT,
};

export const between_detach_and_destroy: CaseSpec = {
  ...one_reader,
  title: 'the reader takes rtnl after detach and before the pool is destroyed',
  order: [
    ['detached', 'rtnl-taken'],
    ['rtnl-taken', 'pool-freed'],
    ['pool-freed', 'pool-accessed'],
  ],
};

export const slab_reused: CaseSpec = {
  ...one_reader,
  title: 'the freed pool is reused, zeroed',
  reuse: 'zeroed',
};

export const page_in_use: CaseSpec = {
  ...one_reader,
  title: 'the pool is destroyed while a page is in use',
  order: [['message-queued', 'workqueue-destroyed']],
};

export const duplex: CaseSpec = {
  ...one_reader,
  title: 'reboot, a reader of duplex',
  tasks: [REBOOT, DUPLEX_OF_P3P1],
  reaches: ['restarted', 'message-queued'],
};

export const other_ethtool_op: CaseSpec = {
  ...one_reader,
  title: 'reboot, another ethtool operation that sends a command',
  tasks: [REBOOT, task('ethtool -a p3p1', ethtool_pause(0))],
};

export const reattach: CaseSpec = {
  title: 'detach, then attach after recovery, no reader',
  given: one_port,
  tasks: [
    task('PCI error recovery', (f: FunctionBuilder) => {
      const dev = f.load(f.idr_find(pci_bus, 0).drvdata);
      f.call(mlx5_pci_err_detected, dev);
      f.call(mlx5_pci_resume, dev);
    }),
  ],
  objects: ONE_PORT.filter(([type]) => type !== DmaPool && type !== CmdWq),
};

export const unregister: CaseSpec = {
  title: 'a reader of speed against unregistering of the netdev',
  given: one_port,
  tasks: [
    task('rmmod mlx5_core', (f: FunctionBuilder) => {
      f.call(mlx5e_remove, f.load(f.idr_find(pci_bus, 0).drvdata));
    }),
    SPEED_OF_P3P1,
  ],
  reaches: ['message-queued'],
  objects: ONE_PORT,
};
