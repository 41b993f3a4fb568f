/**
 * Runs one range of seeds to its result, in slices; undefined if it was cancelled on the way. The result
 * is a pure function of program, strategy and range; the cut-offs only save replays whose failures would
 * be thrown away.
 */
import type { KeptFailure, ShardResult, ShardTotals, SignatureTotals } from '@lastref/contracts';
import { type BatchTotals, replay, type Sampler } from '@lastref/exploration';
import { CAMPAIGN_SEEDS } from '@lastref/storage';
import { performance } from 'node:perf_hooks';
import { FIRST_SLICE } from '../limits.js';
import type { Control } from './control.js';
import { nextSlice } from './slices.js';

export interface Range {
  seedFrom: number;
  count: number;
  cutOffs: ReadonlyMap<string, number>;
}

function sample(sampler: Sampler, { seedFrom, count }: Range, control: Control): boolean {
  const end = seedFrom + count;
  let slice = FIRST_SLICE;
  for (let next = seedFrom; next < end;) {
    if (control.cancelled) return false;
    const seeds = Math.min(slice, end - next);
    const began = performance.now();
    sampler.run(next, seeds);
    slice = nextSlice(seeds, performance.now() - began);
    control.advance(seeds);
    next += seeds;
  }
  return true;
}

type Replayed = Omit<KeptFailure, 'signature'>;

function replayed({ program, strategy }: Sampler, seed: number): Replayed {
  const found = replay(program, { strategy, seed });
  if (!found.ok) throw new Error(`seed ${seed} does not replay: ${found.message}`);
  const { schedule, digest } = found.trace;
  return { seed, schedule, traceDigest: digest };
}

/** A seed that shows several signatures is replayed once. */
function keptFailures(
  sampler: Sampler,
  totals: BatchTotals,
  cutOffs: Range['cutOffs'],
  control: Control,
): KeptFailure[] {
  const kept: KeptFailure[] = [];
  const known = new Map<number, Replayed>();
  for (const { signature, lowestSeeds } of totals.signatures) {
    const cutOff = cutOffs.get(signature) ?? Infinity;
    for (const seed of lowestSeeds.filter((candidate) => candidate < cutOff)) {
      if (control.cancelled) return kept;
      const failure = known.get(seed) ?? replayed(sampler, seed);
      known.set(seed, failure);
      kept.push({ signature, ...failure });
      control.advance(1);
    }
  }
  return kept;
}

function stored(totals: BatchTotals): ShardTotals {
  const signatures = totals.signatures.map((row): SignatureTotals => {
    const { signature, kind, report, count, lanes, lowestSeeds } = row;
    const lowest = lowestSeeds.slice(0, CAMPAIGN_SEEDS);
    return { signature, kind, report, count, lanes, lowestSeeds: lowest };
  });
  const { schedules, outside, cut, cutSeeds, steps } = totals;
  const lowestCut = cutSeeds.slice(0, CAMPAIGN_SEEDS);
  return { schedules, outside, cut, cutSeeds: lowestCut, steps, signatures };
}

/** The sampler's tables are used, whatever it counted before is forgotten. */
export function exploreRange(
  sampler: Sampler,
  range: Range,
  control: Control,
): ShardResult | undefined {
  sampler.clear();
  const began = performance.now();
  if (!sample(sampler, range, control)) return undefined;
  const elapsedMs = Math.ceil(performance.now() - began);
  const totals = sampler.totals();
  const failures = keptFailures(sampler, totals, range.cutOffs, control);
  return control.cancelled ? undefined : { totals: stored(totals), failures, elapsedMs };
}
