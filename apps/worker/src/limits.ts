/** Every bound of a worker in one place. */

/** A slice of a range: between slices a thread looks whether it is to stop, and says how far it is. */
export const SLICE_MS = 50;
export const SLICE_TARGET_MS = 25;
export const FIRST_SLICE = 64;

/** A thread that makes no progress for this long is ended and its shard reported as failed. */
export const WATCHDOG_MS = 10_000;

/** A shrink says nothing on its way; past this it is ended and reported. */
export const SHRINK_MS = 300_000;

/** Nodes of each exact search of a shrink, half a kilobyte each; past them the reproduction has a lower grade. */
export const SHRINK_NODES = 2_000_000;

/** A proof or a table of orders says nothing while it looks for endless runs; past this it is ended and reported. */
export const SEARCH_STALLED_MS = 60_000;

/** Threads for operations beside those that explore and shrink, so that a proof of minutes holds up neither. */
export const SEARCH_THREADS = 1;

/**
 * What one search may hold of the bytes a process grants to searches: while an array grows there is half as much again
 * beside it, and the states of a second search, for the cycles of lock order, beside those of the first.
 */
export const SEARCH_SHARE = 5;

/** Heap of one thread; the packed states of the engine are outside it. */
export const THREAD_HEAP_MB = 1_024;

/** Programs and strategies whose tables a thread keeps (all of a portfolio), and programs whose bytes a process keeps. */
export const SAMPLERS_PER_THREAD = 10;
export const PROGRAMS_PER_PROCESS = 64;

/** How often, in the time after which a worker that begins nothing is stuck, it is looked whether it is. */
export const LOOKS_PER_STALL = 6;

/** How often a worker says that it lives. */
export const BEAT_MS = 5_000;

/** Threads beside those that explore, for what a person asked for. */
export const EXTRA_THREADS = 1;

/** Shards in hand per thread: one that runs, and one that is being counted or is to run next. */
export const JOBS_PER_THREAD = 2;
