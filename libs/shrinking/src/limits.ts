/** Bounds of the shrinking library, in one place. */

/** Nodes (state, last task) an exact search may settle unless told otherwise. */
export const DEFAULT_MAX_NODES = 5_000_000;

/** Steps that all candidates of the seeded passes may execute together unless told otherwise. */
export const DEFAULT_MAX_STEPS = 100_000_000;

/** States of a graph that an explanation may look at unless told otherwise. */
export const DEFAULT_EXPLAINED_STATES = 200_000;

/** Words of all states that an explanation may keep: those of a whole host are wide. */
export const EXPLAINED_WORDS = 2 ** 24;

/** Orders of a run that an explanation tries; each is a run of its own. */
export const ORDERS_TOLD = 1_000;

/** Runs that are tried for one that passes where the graph is too large, and steps of each. */
export const PASSING_TRIES = 200;
export const PASSING_STEPS = 2_000;
/** Words of the states that the seeded passes know to lead nowhere. */
export const DEAD_ENDS_MAX_WORDS = 8_000_000;

/** Characters of the candidates that the seeded passes remember to have tried. */
export const TRIED_MAX_CHARACTERS = 16_000_000;
