/**
 * Watches a number that must change: if it has not for `limitMs`, `bark` is called, once. Measured by the process's monotonic
 * clock.
 */
import { performance } from 'node:perf_hooks';

/** A stalled thread is noticed this much later than its limit at most. */
export const LOOK_MS = 500;

export function watch(read: () => number, limitMs: number, bark: () => void): () => void {
  let last = read();
  let changedAt = performance.now();
  const timer = setInterval(
    () => {
      const now = performance.now();
      const value = read();
      if (value !== last) {
        last = value;
        changedAt = now;
      } else if (now - changedAt >= limitMs) {
        clearInterval(timer);
        bark();
      }
    },
    Math.min(LOOK_MS, limitMs),
  );
  return () => {
    clearInterval(timer);
  };
}
