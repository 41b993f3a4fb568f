/** Delta debugging (Zeller & Hildebrandt 2002) on segments: every maximal run of steps of one task is an element. */
import { ddmin } from './ddmin.js';
import { segmentsOf } from './segments.js';
import { runOf, type Shrinker } from './shrinker.js';

export const ddminSegments: Shrinker = (run, lenient) =>
  runOf(
    ddmin(segmentsOf(run.choices), (segments) => lenient.execute(segments.flat()) !== null).flat(),
    lenient,
  );
