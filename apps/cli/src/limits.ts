/** Bounds and defaults of the command line, in one place. */

/** Schedules of a hunt unless told otherwise. */
export const HUNT_SCHEDULES = 100_000;

/** Most schedules one hunt takes. */
export const HUNT_SCHEDULES_MAX = 2 ** 40;

/** Cut runs of a hunt that are examined, and states that the search behind them may take unless told otherwise. */
export const CUT_EXAMINED = 10;
export const CUT_STATES = 200_000;

/** Most threads one hunt takes. */
export const THREADS_MAX = 64;

/** Schedules per program of a campaign unless told otherwise. */
export const CAMPAIGN_SCHEDULES = 1_000_000;

/** Schedules per program of the campaign that a new installation starts with. */
export const FIRST_RUN_SCHEDULES = 1_000_000;

/** Schedules per program and night of the nightly that a new installation starts with. */
export const FIRST_NIGHT_SCHEDULES = 1_000_000;

/** States of each of the proofs that a new installation asks for: all but the largest cases take less. */
export const FIRST_RUN_STATES = 200_000;

/** Milliseconds a request to the service may take. */
export const REQUEST_TIMEOUT_MS = 30_000;

/** How often, and after which pauses, a service that went away while it was watched is looked for: for about a minute. */
export const RETRIES = 12;
export const FIRST_RETRY_MS = 200;
export const LAST_RETRY_MS = 10_000;
/** Milliseconds between two looks at an operation. */
export const OPERATION_POLL_MS = 500;

/** Bytes of a program file. */
export const PROGRAM_FILE_BYTES = 1024 * 1024;

/** A slice of a thread takes about this long, so that a cancelled one ends well within a second. */
export const SLICE_MS = 50;
export const FIRST_SLICE = 64;

/** Milliseconds between two looks at how far the threads are, and between two plain lines of progress. */
export const POLL_MS = 100;
export const LINE_MS = 5_000;

/** States and nodes a search may take unless told otherwise, and the most it may be told. */
export const STATES = 2_000_000;
export const NODES = 5_000_000;
export const SEARCH_MAX = 100_000_000;

/** A file of a model in C; longer ones count as not there. */
export const MODEL_FILE_BYTES = 8 * 1024 * 1024;
/** Sets of switches that a bisection tries per bug unless told otherwise. */
export const BISECT_SETS = 500;
