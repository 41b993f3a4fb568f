/** Every bound of sending notifications; those of storing them are in the storage. */

/** A request to an endpoint, its answer's headers included; shorter than the lease of a message in hand. */
export const POST_TIMEOUT_MS = 10_000;

/** How often a control plane looks for due messages. */
export const NOTIFY_TICK_MS = 1_000;

/** What is being posted when the service stops may take this long to end. */
export const STOP_GRACE_MS = 2_000;

/** A command longer than this, of a long schedule, is no use in a message: the seed's is short. */
export const LONGEST_COMMAND = 1_000;

/** Length of a signature or a title in a text for people. */
export const LONGEST_LINE = 300;
