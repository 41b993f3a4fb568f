/** Bounds of exploration, in one place. */
export const EXPLORATION_LIMITS = {
  /** Largest depth of pct, and largest budget of pb and db. */
  depth: 16,
  /** Largest number of contested steps that change points are drawn from. */
  contested: 65_536,
} as const;
