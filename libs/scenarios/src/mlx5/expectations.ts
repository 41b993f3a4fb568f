/**
 * What is expected of mlx5's cases: 21 rows. `report` comes from the bug report and its crash dump, `source` from the
 * kernel's source, `inferred` was reasoned. Exhaustive search agrees with all of them, once the reports of seven were corrected.
 */
import { expectations } from '../expectation.js';

/** A command of a port whose pool is gone, and what else may happen while the pool goes. */
const ALONGSIDE =
  'busy-pool@dma_pool_destroy;held-lock-freed@dma_pool_destroy;use-after-free@mlx5_cmd_invoke';
/** queue_work() on the command queue while it is drained: __queue_work() warns unless the work is chained, and drops it. */
const QUEUES_WHILE_DRAINED = {
  reports: ['warning'],
  corrected:
    'a command queued while its queue drains is warned of, which the model did not show at first',
} as const;
const FREED_POOL = `all:use-after-free@dma_pool_alloc|any:${ALONGSIDE}`;

export const mlx5Expectations = expectations('mlx5', {
  buggy: {
    main: {
      title: 'reboot against a reader of speed',
      expect: FREED_POOL,
      min: '0/0/1',
      ...QUEUES_WHILE_DRAINED,
      basis: 'report',
    },
    'between-detach-and-destroy': {
      title: 'the reader takes rtnl after detach and before the pool is destroyed',
      expect: 'all:use-after-free@dma_pool_alloc',
      min: '0/2/3',
      reports: [],
      basis: 'report',
    },
    'slab-reused': {
      title: 'the freed pool is reused, zeroed',
      expect: `all:null-deref@dma_pool_alloc|any:bad-unlock@dma_pool_alloc;${ALONGSIDE}`,
      min: '0/0/1',
      ...QUEUES_WHILE_DRAINED,
      basis: 'report',
    },
    'page-in-use': {
      title: 'pool destroyed while a page is in use',
      expect: 'all:busy-pool@dma_pool_destroy|any:held-lock-freed@dma_pool_destroy',
      reports: [],
      basis: 'inferred',
    },
    reattach: {
      title: 'detach, then attach after recovery, no reader',
      expect: 'clean',
      reports: [],
      basis: 'inferred',
    },
  },
  'ib-active-false': {
    main: {
      title: 'reboot against a reader of speed',
      expect: FREED_POOL,
      min: '0/0/1',
      ...QUEUES_WHILE_DRAINED,
      control: 'fixed/main',
      basis: 'report',
    },
  },
  'clear-start-in-detach': {
    main: {
      title: 'reboot against a reader',
      expect: 'clean',
      reports: [],
      basis: 'report',
    },
    reattach: {
      title: 'detach, then attach after recovery',
      expect: 'all:invariant@netif_device_attach',
      reports: [],
      control: 'buggy/reattach',
      basis: 'inferred',
    },
  },
  'present-in-speed-show': {
    main: {
      title: 'reboot against a reader of speed',
      expect: 'clean',
      reports: [],
      basis: 'source',
    },
    duplex: {
      title: 'reboot against a reader of duplex',
      expect: FREED_POOL,
      min: '0/0/1',
      ...QUEUES_WHILE_DRAINED,
      control: 'fixed/duplex',
      basis: 'source',
    },
  },
  'present-in-driver-get-link': {
    main: {
      title: 'reboot against readers of speed and duplex',
      expect: 'clean',
      reports: [],
      basis: 'report',
    },
    'other-ethtool-op': {
      title: 'another ethtool operation that sends a command',
      expect: FREED_POOL,
      ...QUEUES_WHILE_DRAINED,
      basis: 'inferred',
    },
  },
  fixed: {
    main: {
      title: 'reboot, two ports, two readers, as main has in every variant',
      expect: 'clean',
      reports: [],
      basis: 'source',
    },
    duplex: {
      title: 'reboot against a reader of duplex',
      expect: 'clean',
      reports: [],
      basis: 'source',
    },
    unregister: {
      title: 'reader against unregister of the netdev',
      expect: 'clean',
      reports: [],
      basis: 'inferred',
    },
  },
  'bare-interface-state-test': {
    main: {
      title: 'intf_state tested before allocating; cleared before detach',
      expect: 'clean',
      reports: [],
      basis: 'inferred',
    },
  },
  'bare-cmd-state-test': {
    main: {
      title: 'command state cleared after detach: test, free, alloc',
      expect: FREED_POOL,
      min: '0/2/3',
      ...QUEUES_WHILE_DRAINED,
      control: 'fixed/main',
      basis: 'inferred',
    },
  },
  'present-without-rtnl': {
    main: {
      title: 'PRESENT tested before trylock',
      expect: FREED_POOL,
      ...QUEUES_WHILE_DRAINED,
      control: 'fixed/main',
      basis: 'inferred',
    },
  },
  'rtnl-lock-in-show': {
    main: {
      title: 'reader against unregister of the netdev',
      expect: 'all:deadlock@speed_show+netdev_unregister_kobject',
      min: '0/1/1',
      reports: ['lock-order'],
      control: 'fixed/unregister',
      basis: 'inferred',
    },
  },
  'fast-teardown': {
    main: {
      title: 'firmware tears down; the pool is never freed',
      expect: 'clean',
      reports: [],
      basis: 'inferred',
    },
  },
  'remove-instead-of-shutdown': {
    main: {
      title: 'remove unregisters the netdev first',
      expect: 'clean',
      reports: [],
      basis: 'source',
    },
  },
});
