/** Maximal runs of steps of one task. */
import type { Choice } from './lenient.js';

export type Segment = readonly Choice[];

export function segmentsOf(choices: readonly Choice[]): Segment[] {
  const segments: Choice[][] = [];
  for (const choice of choices) {
    const last = segments.at(-1);
    if (last?.[0]?.task === choice.task) last.push(choice);
    else segments.push([choice]);
  }
  return segments;
}
