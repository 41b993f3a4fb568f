/**
 * Runs one range of seeds to its result, in slices; undefined if it was cancelled on the way. The result
 * is a pure function of program, strategy and range; the cut-offs only save replays whose failures would
 * be thrown away.
 */
import type { KeptFailure, ShardResult } from '@lastref/contracts';
import { replay, Sampler, type BatchTotals } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { CAMPAIGN_SEEDS, KEPT_FAILURES, SIGNATURES_PER_SHARD } from '@lastref/storage';
import { performance } from 'node:perf_hooks';
import { FIRST_SLICE } from '../limits.js';
import type { Control } from './control.js';
import { nextSlice } from './slices.js';

export interface Range {
  program: Program;
  strategy: string;
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

function keep(range: Range, signature: string, seed: number): KeptFailure {
  const { program, strategy } = range;
  const replayed = replay(program, { strategy, seed });
  if (!replayed.ok) throw new Error(`seed ${seed} does not replay: ${replayed.message}`);
  const { schedule, digest } = replayed.trace;
  return { signature, seed, schedule, traceDigest: digest };
}

function keptFailures(range: Range, totals: BatchTotals, control: Control): KeptFailure[] {
  const kept: KeptFailure[] = [];
  for (const { signature, lowestSeeds } of totals.signatures) {
    const cutOff = range.cutOffs.get(signature) ?? Infinity;
    for (const seed of lowestSeeds.filter((candidate) => candidate < cutOff)) {
      if (control.cancelled) return kept;
      kept.push(keep(range, signature, seed));
      control.advance(1);
    }
  }
  return kept;
}

export function exploreRange(range: Range, control: Control): ShardResult | undefined {
  const sampler = new Sampler(range.program, range.strategy, { keep: KEPT_FAILURES });
  const began = performance.now();
  if (!sample(sampler, range, control)) return undefined;
  const elapsedMs = Math.ceil(performance.now() - began);
  const totals = sampler.totals();
  if (totals.signatures.length > SIGNATURES_PER_SHARD) {
    throw new Error(
      `${totals.signatures.length} signatures in one shard; at most ${SIGNATURES_PER_SHARD}`,
    );
  }
  const failures = keptFailures(range, totals, control);
  if (control.cancelled) return undefined;
  const signatures = totals.signatures.map((row) => ({
    ...row,
    lowestSeeds: row.lowestSeeds.slice(0, CAMPAIGN_SEEDS),
  }));
  return { totals: { ...totals, signatures }, failures, elapsedMs };
}
