/** Bounds of the shrinking library, in one place. */

/** Nodes (state, last task) an exact search may settle unless told otherwise. */
export const DEFAULT_MAX_NODES = 5_000_000;

/** Steps that all candidates of the seeded passes may execute together unless told otherwise. */
export const DEFAULT_MAX_STEPS = 100_000_000;
