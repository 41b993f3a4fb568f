/** Bounds of exploration, in one place. */
export const EXPLORATION_LIMITS = {
  /** Largest depth of pct, and largest budget of pb and db. */
  depth: 16,
  /** Most pairs that a run of pair draws. */
  pairs: 16,
  /** Largest number of contested steps that change points are drawn from. */
  contested: 65_536,
  /** Bytes the walker's memo may take unless told otherwise. */
  walkerBytes: 256 * 1024 * 1024,
  /** Seeds between two looks at whether the memo still pays. */
  walkerSlice: 65_536,
  /** Milliseconds a rule to stop by may wait: 30 days. */
  stopMs: 30 * 24 * 3_600_000,
  /** States of one run that are kept for going back. */
  keptStates: 1_024,
} as const;

/** Around a run: steps beside it that are shown, states that are, and states searched for what may still come of them. */
export const RADIUS = 1;
export const NEAR_STATES = 250;
export const OUTLOOK_STATES = 50_000;
