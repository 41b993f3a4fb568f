/** Every bound of storage in one place. */

/** A statement or a wait for a lock that takes longer than this is a mistake: it ends with an error. */
export const STATEMENT_TIMEOUT_MS = 5_000;
export const LOCK_TIMEOUT_MS = 2_000;

/**
 * A session that holds a transaction open and says nothing (its process is stopped, its host unplugged) is ended by the server,
 * and what it has locked is free. Longer than any pause between two statements of ours.
 */
export const IDLE_IN_TRANSACTION_MS = 5_000;

/**
 * A peer that is gone without a word is noticed after about the idle time and so many unanswered probes; what was sent and is
 * not acknowledged for this long ends the connection.
 */
export const KEEPALIVE = { idleS: 10, intervalS: 5, probes: 3, unacknowledgedMs: 20_000 } as const;

/** A server that answers nothing at all: how long a statement is waited for, and a connection. */
export const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 2_000;
export const CONNECT_TIMEOUT_MS = 5_000;

/** A transaction of several statements may take this long, all of them together. */
export const TRANSACTION_MS = 15_000;

/** Connections of one process. */
export const POOL_SIZE = 10;

/** How often one transaction is run again while the connection breaks or its outcome is unknown. */
export const TRANSACTION_ATTEMPTS = 8;
export const FIRST_PAUSE_MS = 50;

/** Shard sizes: powers of two near one second of work; the first shards of a part, before its rate is known. */
export const SMALLEST_SHARD = 2 ** 10;
export const FIRST_SHARD = 2 ** 16;
export const LARGEST_SHARD = 2 ** 26;

/** A shard that took less than this says little about the rate. */
export const MEASURED_MS = 100;

/** Unfinished shards a part may have while its rate is unknown. */
export const UNMEASURED_SHARDS = 2;

/** Shards of one program carved in a row, so that a worker's tables stay hot. */
export const SHARDS_PER_RUN = 16;

/** The lowest failing seeds kept for ever, per (program, strategy, signature). */
export const KEPT_FAILURES = 1_000;

/** The lowest failing seeds a campaign shows, per signature; and of runs that were cut, per part. */
export const CAMPAIGN_SEEDS = 10;

/** Signatures one shard may add: past it the program, not the search, is at fault. */
export const SIGNATURES_PER_SHARD = 64;

/** Reported failures after which a shard is quarantined and a shrink given up. */
export const REPORTED_FAILURES = 3;

/**
 * Leases lost, to a worker that ended or hung, after which a shard runs alone in its process, so that it is known who was
 * at fault; and those after which it is quarantined. A shrink whose worker ended so often is given up.
 */
export const LOST_BEFORE_ALONE = 5;
export const LOST_LEASES = LOST_BEFORE_ALONE + 3;

/**
 * Of all shards this share is run again elsewhere; of failing ones the first few of each program in a campaign, and each that shows a
 * new bug.
 */
export const AUDITED_PERMILLE = 10;
export const FAILING_AUDITS = 4;

/** What stands where a worker could no longer say why. */
export const LOST_MESSAGE = 'the worker ended, or made no progress, while it held the shard';

/** What stands where an earlier lease of the shard came to a result after all, and it was counted. */
export const OVERTAKEN_MESSAGE = 'an earlier lease of the shard was finished first';

export const LOST_OPERATION = 'the worker ended, or made no progress, while it ran';

/** An operation of the background waits for a moment without a running campaign, but no longer than this. */
export const BACKGROUND_WAIT_MS = 3_600_000;

/** What an incident quotes of each of two results that differ. */
export const DIFFERENCE_LENGTH = 2_000;

/** Length of a stored error message. */
export const MESSAGE_LENGTH = 2_000;

/** Due times in the past that get a row each; older ones of the same absence get none. */
export const MAX_MISSED_TICKS = 100;
/** Nights, this one included, that say what a bug's rate was and since when it has not been met. */
export const COMPARED_NIGHTS = 30;
/** A bug is gone when its rate makes so many meetings likely and there was none: chance does that once in 1,000 (e^-6.9). */
export const GONE_AT_EXPECTED = 6.9;
/** Events of one bug's history that are shown. */
export const SHOWN_EVENTS = 20;
/**
 * A message that its endpoint does not take: the first pause in milliseconds, doubled with every attempt up to the longest; and
 * the attempts after which it has failed, about a day after the first.
 */
export const NOTIFY_PAUSE_MS = 5_000;
export const NOTIFY_LONGEST_PAUSE_MS = 6 * 3_600_000;
export const NOTIFY_ATTEMPTS = 16;

/** A sender that has not said how it went after this long has ended; longer than a request may take. */
export const NOTIFY_LEASE_MS = 30_000;

/** Messages to one endpoint that one sender has in hand. */
export const NOTIFY_AT_ONCE = 8;

/** Random bytes of an access token. */
export const TOKEN_BYTES = 32;
