/** Compares costs events/preemptions/switches/steps, in that order. @returns below, at or above 0 */
import type { Cost } from '@lastref/kernel';

export const compareCosts = (a: Cost, b: Cost): number =>
  a.events - b.events ||
  a.preemptions - b.preemptions ||
  a.switches - b.switches ||
  a.steps - b.steps;
