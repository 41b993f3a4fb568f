/** What the passes of a shrink tried, as a table. Parts of what they saved may be below 0: one before them weighs more. */
import { costText } from '@lastref/exploration';
import type { PassStatistics } from '@lastref/shrinking';
import { count } from './numbers.js';
import { table } from './table.js';

export function passesText(passes: readonly PassStatistics[]): string {
  if (passes.length === 0) return 'no passes: there was no run to start from';
  const rows = passes.map(({ pass, candidates, cached, accepted, steps, saved }) => [
    pass,
    ...[candidates, cached, accepted, steps].map(count),
    costText(saved),
  ]);
  const head = ['pass', 'candidates', 'known', 'accepted', 'steps', 'cost saved'];
  return table([head, ...rows]).trimEnd();
}
