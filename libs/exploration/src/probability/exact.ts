/**
 * Exact probability of everything a program can show under rw/1, instead of an estimate from samples: how likely each
 * signature is per run, how many runs to expect before the first, and how the odds move along one schedule.
 * Limits: runs have no step limit here (a livelock is what a sampled run would be cut in); the walk's draws count as
 * exactly uniform, which they are to 2^-27.
 */
import { addressOf, isReport, kindOf, type Kind, type Program } from '@lastref/kernel';
import { DEFAULT_MAX_STATES } from '../search/prove.js';
import { absorptionOf, tooLarge, type Refused } from './absorption-of.js';
import { Chain, OUTSIDE } from './chain.js';
import { NO_EDGES } from './edge-union.js';

export interface SignatureProbability {
  readonly signature: string;
  readonly kind: Kind;
  readonly report: boolean;
  /** Per run of rw/1. */
  readonly probability: number;
  /** Mean number of runs up to and including the first that shows it. */
  readonly expectedSchedules: number;
}

export interface ExactProbabilities {
  readonly ok: true;
  readonly address: string;
  readonly states: number;
  /** Sorted by signature. */
  readonly bySignature: readonly SignatureProbability[];
  /** Of a run that fails in any way, and of one that leaves the case. */
  readonly failing: number;
  readonly outside: number;
  /** Mean number of runs to the first failure; null if none occurs. */
  readonly expectedSchedules: number | null;
}

export type ProbabilityResult = ExactProbabilities | Refused;

export interface ProbabilityOptions {
  readonly maxStates?: number;
}

export function exactProbabilities(
  program: Program,
  { maxStates = DEFAULT_MAX_STATES }: ProbabilityOptions = {},
): ProbabilityResult {
  const plain = new Chain(program);
  if (!plain.build(maxStates)) return tooLarge(program, maxStates);
  const mask = plain.edges.reportable(plain.graph.machine.edges);
  const chain = mask === NO_EDGES ? plain : new Chain(program, mask, plain.graph);
  if (chain !== plain && !chain.build(maxStates)) return tooLarge(program, maxStates);
  const absorption = absorptionOf(program, chain);
  const shown = absorption.signatures.filter((signature) => signature !== OUTSIDE);
  const bySignature = shown.map((signature): SignatureProbability => {
    const kind = kindOf(signature);
    const probability = absorption.atStart(signature);
    return {
      signature,
      kind,
      report: isReport(kind),
      probability,
      expectedSchedules: 1 / probability,
    };
  });
  const failing = bySignature.reduce((sum, s) => sum + (s.report ? 0 : s.probability), 0);
  return {
    ok: true,
    address: addressOf(program),
    states: chain.states,
    bySignature,
    failing,
    outside: absorption.atStart(OUTSIDE),
    expectedSchedules: failing === 0 ? null : 1 / failing,
  };
}
