/**
 * How many seeds the next slice takes, from what the last one took: towards the target time, never more
 * than double, at least one. So a slice stays within its limit without knowing the program.
 */
import { SLICE_TARGET_MS } from '../limits.js';

export function nextSlice(seeds: number, elapsedMs: number): number {
  const ideal = Math.floor((seeds * SLICE_TARGET_MS) / Math.max(elapsedMs, 0.01));
  return Math.max(1, Math.min(ideal, seeds * 2));
}
