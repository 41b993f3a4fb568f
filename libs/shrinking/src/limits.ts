/** Bounds of the shrinking library, in one place. */

/** Nodes (state, last task) an exact search may settle unless told otherwise. */
export const DEFAULT_MAX_NODES = 5_000_000;

/** Steps that all candidates of the seeded passes may execute together unless told otherwise. */
export const DEFAULT_MAX_STEPS = 100_000_000;

/** Words of the states that the seeded passes know to lead nowhere. */
export const DEAD_ENDS_MAX_WORDS = 8_000_000;

/** Characters of the candidates that the seeded passes remember to have tried. */
export const TRIED_MAX_CHARACTERS = 16_000_000;
