/**
 * What the uniform strategies and pair promise of a program, as sentences. A number is given only where the code says that it
 * holds (exactness.ts); else why it is not given.
 */
import type { Program } from '@lastref/kernel';
import { conflictingPairs } from './code/pairs.js';
import { exactAccesses, exactSteps } from './exactness.js';
import { logInterleavings, power } from './logarithms.js';
import type { Profile } from './profile.js';
import { Selection } from './selection.js';

export function interleavingPromise(program: Program): string {
  const steps = exactSteps(program);
  if (!steps.exact) return `no bound is stated: ${steps.because}`;
  return `every interleaving has p >= ${power(-logInterleavings(steps.counts))}`;
}

export function selectivePromise(program: Program, profile: Profile): string {
  const selection = new Selection(profile);
  const { locations } = selection;
  if (locations.length === 0) return 'no shared location to select: it walks uniformly';
  const logs: number[] = [];
  let because = '';
  for (const location of locations) {
    const accesses = exactAccesses(program, location);
    if (accesses.exact)
      logs.push(Math.log10(selection.chanceOf(location)) - logInterleavings(accesses.counts));
    else because = accesses.because;
  }
  const [of, all] = [logs.length, locations.length];
  if (of === 0) return `no bound is stated: ${because}`;
  const which =
    of === all ? `one of ${all} shared locations` : `one of ${of} of ${all} shared locations`;
  const rest = of === all ? '' : `, none is stated for the others: ${because}`;
  return `each order of the accesses to ${which} has p >= ${power(Math.min(...logs))}${rest}`;
}

export function pairPromise(program: Program, draws: number): string {
  const pairs = conflictingPairs(program).length;
  if (pairs === 0) return 'no pair of conflicting operations: it walks by its rule alone';
  const log = Math.log10(-Math.expm1(draws * Math.log1p(-1 / pairs)));
  const p = pairs === 1 ? 0 : log;
  return `each of ${pairs} ordered pairs of operations is asked for with p >= ${power(p)}; no bound is stated on what it shows`;
}
