/** mlx5: a sysfs reader of a port that is shut down uses its freed DMA pool. The story is in README.md beside this file. */
import { parameter, type Scenario } from '@lastref/authoring';
import * as cases from './cases.js';
import { cmd_work_handler } from './cmd.js';
import { CmdWorkEnt } from './objects.js';

const main = { main: cases.two_readers };

export const mlx5: Scenario = {
  name: 'mlx5',
  title: 'speed_show uses the DMA pool of a port that is shut down',
  switches: {
    'ib-active-false': '4cca96a8d9da: __mlx5_ib_remove clears ib_active first',
    'clear-start-in-detach': 'netif_device_detach clears __LINK_STATE_START too',
    'present-in-speed-show': '4224cfd7fb65: speed_show tests __LINK_STATE_PRESENT',
    'present-in-driver-get-link': 'mlx5e_get_link_ksettings tests it',
    'present-in-get-link-ksettings': 'a699781c79ec: __ethtool_get_link_ksettings tests it',
    'present-without-rtnl': 'speed_show tests it before it has rtnl',
    'bare-interface-state-test': 'cmd_exec refuses when the interface is down',
    'bare-cmd-state-test': 'cmd_exec refuses once the command state is cleared, after detach',
    'rtnl-lock-in-show': 'speed_show waits for rtnl instead of trying',
    'fast-teardown': 'the firmware supports fast teardown',
    'remove-instead-of-shutdown': 'shutdown does what remove does',
  },
  works: [[CmdWorkEnt, 'work', cmd_work_handler]],
  params: {
    ports: parameter('ports of the card', { min: 1, max: 4, default: 2 }),
    reads: parameter('times that each file is read', { min: 1, max: 9, default: 1 }),
  },
  variants: {
    buggy: {
      title: 'PRESENT is tested nowhere',
      switches: [],
      cases: {
        ...main,
        'between-detach-and-destroy': cases.between_detach_and_destroy,
        'slab-reused': cases.slab_reused,
        'page-in-use': cases.page_in_use,
        reattach: cases.reattach,
      },
    },
    'ib-active-false': {
      title: 'ib_active is cleared first',
      switches: ['ib-active-false'],
      cases: main,
    },
    'clear-start-in-detach': {
      title: 'START is cleared in detach',
      switches: ['clear-start-in-detach'],
      cases: { ...main, reattach: cases.reattach },
    },
    'present-in-speed-show': {
      title: 'PRESENT is tested in speed_show',
      switches: ['present-in-speed-show'],
      cases: { ...main, duplex: cases.duplex },
    },
    'present-in-driver-get-link': {
      title: 'PRESENT is tested in mlx5e_get_link_ksettings',
      switches: ['present-in-driver-get-link'],
      cases: { main: cases.speed_and_duplex, 'other-ethtool-op': cases.other_ethtool_op },
    },
    fixed: {
      title: 'PRESENT is tested in __ethtool_get_link_ksettings',
      switches: ['present-in-get-link-ksettings'],
      cases: { ...main, duplex: cases.duplex, unregister: cases.unregister },
    },
    'bare-interface-state-test': {
      title: 'the interface state is tested in cmd_exec',
      switches: ['bare-interface-state-test'],
      cases: main,
    },
    'bare-cmd-state-test': {
      title: 'the command state is tested in cmd_exec',
      switches: ['bare-cmd-state-test'],
      cases: main,
    },
    'present-without-rtnl': {
      title: 'PRESENT is tested in speed_show, without rtnl',
      switches: ['present-without-rtnl'],
      cases: main,
    },
    'rtnl-lock-in-show': {
      title: 'speed_show waits for rtnl',
      switches: ['rtnl-lock-in-show'],
      cases: { main: cases.unregister },
    },
    'fast-teardown': {
      title: 'the firmware tears down',
      switches: ['fast-teardown'],
      cases: main,
    },
    'remove-instead-of-shutdown': {
      title: 'shutdown removes the device',
      switches: ['remove-instead-of-shutdown'],
      cases: { main: cases.two_readers_drained },
    },
  },
};
