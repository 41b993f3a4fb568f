/** Delta debugging (Zeller & Hildebrandt 2002) on the steps of a schedule: every choice is an element. */
import { ddmin } from './ddmin.js';
import { runOf, type Shrinker } from './shrinker.js';

export const ddminSteps: Shrinker = (run, lenient) =>
  runOf(
    ddmin(run.choices, (choices) => lenient.execute(choices) !== null),
    lenient,
  );
