/**
 * What exhaustive search says of a program: states, how many schedules the uniform walk needs in the mean (exactly, not
 * sampled), the cheapest failing run and how far it is proved to be that, and whether the fixed program is proved clean.
 */
import { exactProbabilities, prove, Sampler, STRATEGIES } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import type { Exhibit, Variant } from '@lastref/literature';
import { literature } from '@lastref/literature';
import { compileAddress } from '@lastref/scenarios';
import { shrink, type Grade } from '@lastref/shrinking';

const MAX_STATES = 3_000_000;
/** For programs beyond search, whose minimum is shrunk from a run that fails. */
const MAX_NODES = 1_000_000;
const FAILING_WITHIN = 10_000;

export interface FindingProof {
  /** Null: more than a search can hold. */
  readonly states: number | null;
  /** 1/p under rw/1; null where the states are too many. */
  readonly exactly: number | null;
  readonly minimum: { readonly cost: string; readonly grade: Grade } | null;
  /** States of the fixed program if it was proved clean. */
  readonly fixed: number | null;
}

export function proofOf(exhibit: Exhibit, address: string): FindingProof {
  const program = compileAddress(address);
  const isSearched = (variant: Variant): boolean =>
    exhibit.beyondSearch?.variants.includes(variant) !== true;
  if (!isSearched('buggy'))
    return { states: null, exactly: null, minimum: minimumFromRun(program), fixed: null };
  const { complete, states, failures } = prove(program, { maxStates: MAX_STATES });
  const probabilities = exactProbabilities(program, { maxStates: MAX_STATES });
  return {
    states: complete ? states : null,
    exactly: probabilities.ok ? probabilities.expectedSchedules : null,
    minimum: failures[0] === undefined ? null : minimumOf(program, failures[0]),
    fixed: isSearched('fixed') ? cleanStates(exhibit.name) : null,
  };
}

function cleanStates(name: string): number | null {
  const fixed = prove(compileAddress(`${literature.name}/fixed/${name}`), {
    maxStates: MAX_STATES,
  });
  return fixed.complete && fixed.failures.length === 0 ? fixed.states : null;
}

/** The first failing run of any strategy to start from. */
function minimumFromRun(program: Program): FindingProof['minimum'] {
  for (const strategy of STRATEGIES) {
    const sampler = new Sampler(program, strategy, { keep: 1 });
    sampler.run(0, FAILING_WITHIN);
    for (const { signature, report, lowestSeeds } of sampler.totals().signatures)
      if (!report && lowestSeeds[0] !== undefined)
        return minimumOf(program, signature, { strategy, seed: lowestSeeds[0] });
  }
  return null;
}

function minimumOf(
  program: Program,
  signature: string,
  start?: { readonly strategy: string; readonly seed: number },
): FindingProof['minimum'] {
  const result = shrink(
    program,
    signature,
    start === undefined ? {} : { start, maxNodes: MAX_NODES },
  );
  if (!result.ok) return null;
  const { cost, grade } = result.reproduction;
  return { cost: `${cost.events}/${cost.preemptions}/${cost.switches}`, grade };
}
