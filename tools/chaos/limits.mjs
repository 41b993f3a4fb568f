// How large the campaigns are and how long a fault lasts: as `npm run chaos` has it, with the shipped lease; tests take less.

/** One program of each system, with what the engine finds in it known. */
export const ADDRESSES = [
  'nbd/buggy/main',
  'mlx5/buggy/main',
  'nvmem/buggy/main',
  'devmem/buggy/main',
  'smmu/buggy/main',
];

export const SHIPPED = {
  shardSize: 8_192,
  shardsPerProgram: 210,
  workers: 2,
  leaseMs: 15_000,
  /** A process is killed only when one of its shards has been running for so long. */
  progressMs: 50,
  environment: {},
};

/** Leases for which a worker is stopped. */
export const STOPPED_LEASES = 3;

/** A worker is spared while it holds a shard that has lost so many leases; at eight it is quarantined. */
export const MOST_LOST = 3;

/** How long a worker is waited for that holds a shard, and the end of a campaign after the last fault. */
export const VICTIM_MS = 60_000;
export const END_MS = 900_000;

/** How soon a process that ended is started again. */
export const RESPAWN_MS = 200;

/** A statement of the watcher is asked again for so long: the server may be down on purpose. */
export const RETRY_MS = 60_000;
