/**
 * Every bound the API puts on what it accepts, in one place: the contracts, the server and the client
 * read the same numbers. Raising one is compatible, lowering one is not.
 */

/** Bytes of one request body, counted before anything is parsed. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** Errors of one problem, and the length of each text in it: an answer is small, whatever was asked. */
export const MAX_PROBLEM_ERRORS = 20;
export const MAX_PROBLEM_TEXT = 500;

/**
 * Bytes of one answer: a replay with more is refused, and a page of a list ends before it has more (it always has one item).
 * A client takes each answer within so many milliseconds, or is cut off; what all clients together have not taken yet is bounded.
 */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
export const MAX_TAKING_MS = 30_000;
export const MAX_UNTAKEN_BYTES = 256 * 1024 * 1024;

/** Nesting of arrays and objects in one request body. */
export const MAX_JSON_DEPTH = 32;

/** Items of one page of any list; the default is what a reader takes in at once. */
export const MAX_PAGE = 200;
export const DEFAULT_PAGE = 50;

/** Length of a page cursor, an opaque text. */
export const MAX_CURSOR = 400;

/** Programs of one campaign. */
export const MAX_CAMPAIGN_PROGRAMS = 64;

/** Schedules of one campaign, per program: about four months of one core. */
export const MAX_CAMPAIGN_SCHEDULES = 2 ** 40;

/** Milliseconds after which a campaign may be told to stop: 30 days. */
export const MAX_STOP_MS = 30 * 24 * 3_600_000;

/** Bugs per program that a campaign may be told to wait for. */
export const MAX_AWAITED_BUGS = 32;

/** Campaigns that may run at the same time. */
export const MAX_RUNNING_CAMPAIGNS = 50;

/** Nightlies that stand at the same time, what one may name, and how many programs that may come to. */
export const MAX_NIGHTLIES = 100;
export const MAX_NIGHTLY_REFERENCES = 64;
export const MAX_NIGHTLY_PROGRAMS = 1_000;

/** Minutes: how far back a due time may be caught up, and how long a night and its canaries may take. */
export const MAX_CATCH_UP_MINUTES = 7 * 24 * 60;
export const MAX_DEADLINE_MINUTES = 7 * 24 * 60;
export const MAX_CANARY_MINUTES = 24 * 60;

/** Length of a cron expression and of the name of a time zone. */
export const MAX_CRON = 100;
export const MAX_ZONE = 64;

/** Bugs that a comparison of two nights lists, of each kind. */
export const MAX_COMPARED_BUGS = 100;

/** Programs the service stores. */
export const MAX_STORED_PROGRAMS = 10_000;

/** Smallest and largest shard a campaign may fix; tests fix small ones. */
export const MIN_SHARD = 1;
export const MAX_SHARD = 2 ** 26;

/**
 * Length of a signature: what the engine can spell at most. Up to 20 parts, each a function and in parentheses a class of up
 * to two names of 80 characters, come to less than 5,000; the next power of two leaves room for words between them.
 */
export const MAX_SIGNATURE = 8_192;

/** Length of a schedule and of a replay token. */
export const MAX_SCHEDULE = 200_000;
export const MAX_TOKEN = 300_000;

/** Length of an idempotency key. */
export const MAX_IDEMPOTENCY_KEY = 200;

/** Milliseconds that checking a program may take, the built-in of its address compiled beside it. */
export const MAX_VALIDATION_MS = 5_000;

/** A synchronous replay: steps of the run, and milliseconds it may take. */
export const MAX_REPLAY_STEPS = 10_000;
export const MAX_REPLAY_MS = 2_000;

/** A table of orders: of how many milestones, states its search may take, and milliseconds. */
export const MIN_ORDERED_MILESTONES = 2;
export const MAX_ORDERED_MILESTONES = 4;
export const MAX_ORDERS_STATES = 50_000;
export const MAX_ORDERS_MS = 5_000;

/** Budgets of searches that are operations: states of a proof or a table of orders, nodes of each search of a shrink. */
export const MAX_STATES = 100_000_000;
export const DEFAULT_STATES = 2_000_000;
export const MAX_NODES = 100_000_000;
export const DEFAULT_NODES = 2_000_000;

/** Operations that may wait or run at the same time. */
export const MAX_OPEN_OPERATIONS = 1_000;

/** Length of a milestone's name. */
export const MAX_MILESTONE = 80;

/** Length of the reason for which an incident is closed. */
export const MAX_REASON = 500;

/** Endpoints of notifications, and the length of a name and of an address. */
export const MAX_ENDPOINTS = 50;
export const MAX_ENDPOINT_NAME = 60;
export const MAX_ENDPOINT_URL = 2_000;

/** Valid access tokens, and the days after which one may be told to expire. */
export const MAX_ACCESS_TOKENS = 200;
export const MAX_TOKEN_DAYS = 3_650;
