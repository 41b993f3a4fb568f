/** Which reports are pinned as text: one of each kind that the shipped scenarios show. */
export const GOLDEN_REPORTS = [
  { file: 'nbd-ab-ba-deadlock.golden.txt', address: 'nbd/buggy/main', kind: 'deadlock' },
  { file: 'nbd-aa-deadlock.golden.txt', address: 'nbd/buggy/last-close', kind: 'deadlock' },
  { file: 'nbd-lock-order.golden.txt', address: 'nbd/buggy/no-overlap', kind: 'lock-order' },
  {
    file: 'nbd-recursive-lock.golden.txt',
    address: 'nbd/buggy/last-close',
    kind: 'recursive-lock',
  },
  { file: 'nbd-hung-task.golden.txt', address: 'nbd/fixed/stays-open', kind: 'hung-task' },
  {
    file: 'nbd-livelock.golden.txt',
    address: 'nbd/fixed/server-dies-worker-stalled',
    kind: 'livelock',
  },
  {
    file: 'nbd-refcount-underflow.golden.txt',
    address: 'nbd/patch-v1/rmmod-after-disconnect',
    kind: 'refcount-underflow',
  },
  {
    file: 'nbd-use-after-free.golden.txt',
    address: 'nbd/exit-does-not-skip/rmmod-after-disconnect',
    kind: 'use-after-free',
  },
  {
    file: 'nbd-module-text-fault.golden.txt',
    address: 'nbd/cleanup-does-not-wait/rmmod-after-disconnect',
    kind: 'module-text-fault',
  },
  {
    file: 'nbd-duplicate-name.golden.txt',
    address: 'nbd/idr-removed-early/reuse-index',
    kind: 'duplicate-name',
  },
  { file: 'nbd-leak.golden.txt', address: 'nbd/fixed/open-allocation-fails', kind: 'leak' },
  {
    file: 'mlx5-use-after-free.golden.txt',
    address: 'mlx5/buggy/between-detach-and-destroy',
    kind: 'use-after-free',
  },
  {
    file: 'mlx5-null-dereference.golden.txt',
    address: 'mlx5/buggy/slab-reused',
    kind: 'null-deref',
  },
  { file: 'mlx5-busy-pool.golden.txt', address: 'mlx5/buggy/page-in-use', kind: 'busy-pool' },
  {
    file: 'mlx5-held-lock-freed.golden.txt',
    address: 'mlx5/buggy/page-in-use',
    kind: 'held-lock-freed',
  },
  {
    file: 'mlx5-invariant.golden.txt',
    address: 'mlx5/clear-start-in-detach/reattach',
    kind: 'invariant',
  },
  {
    file: 'mlx5-deadlock-with-drain.golden.txt',
    address: 'mlx5/rtnl-lock-in-show',
    kind: 'deadlock',
  },
  {
    file: 'smmu-null-dereference.golden.txt',
    address: 'smmu/buggy/unmap-in-softirq',
    kind: 'null-deref',
  },
  { file: 'smmu-leak.golden.txt', address: 'smmu/null-check-only/main', kind: 'leak' },
  {
    file: 'nvmem-illegal-synchronize.golden.txt',
    address: 'nvmem/synchronize-inside-read-section/main',
    kind: 'illegal-synchronize',
  },
  {
    file: 'nvmem-suspicious-rcu.golden.txt',
    address: 'nvmem/v3-rcu-dereference-under-srcu/main',
    kind: 'suspicious-rcu',
  },
  {
    file: 'nvmem-sleep-in-atomic.golden.txt',
    address: 'nvmem/rcu-instead-of-srcu/main',
    kind: 'sleep-in-atomic',
  },
  {
    file: 'nvmem-bad-removal.golden.txt',
    address: 'nvmem/buggy/late-release',
    kind: 'bad-removal',
  },
  {
    file: 'nvmem-addition-on-zero.golden.txt',
    address: 'nvmem/buggy/get-races-unregister',
    kind: 'refcount-inc-from-zero',
  },
  {
    file: 'nvmem-deadlock-with-readers.golden.txt',
    address: 'nvmem/mutex-held-while-synchronising/main',
    kind: 'deadlock',
  },
] as const;
