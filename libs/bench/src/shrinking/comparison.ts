/**
 * Our shrinker beside those of the literature, from the same failing seeds of the same bugs: executions, steps, processor time,
 * final cost, and how often it is the minimum, which exact search without a start has proved. A table per program.
 */
import { setImmediate } from 'node:timers/promises';
import { costText, NO_COST } from '@lastref/exploration';
import { programDigest, type Program } from '@lastref/kernel';
import { catalogue, compileAddress, searchable } from '@lastref/scenarios';
import { compareCosts, shrink } from '@lastref/shrinking';
import type { Refusal } from '../refusal.js';
import { measure } from '../rounds/rounds.js';
import type { Surroundings } from '../surroundings.js';
import { CONTENDERS, type Contender, type Shrunk } from './contenders.js';
import { failingSeeds, type Failing } from './failing-seeds.js';

/** One program of each scenario. */
const SHIPPED = [
  'nbd/buggy/main',
  'mlx5/buggy/main',
  'smmu/buggy/main',
  'devmem/buggy/main',
  'nvmem/buggy/main',
];

export interface ComparisonOptions {
  readonly addresses: readonly string[];
  /** Every program of the catalogue that can be searched and in which something fails. */
  readonly all: boolean;
  /** Failing seeds of each bug. */
  readonly seeds: number;
  /** Schedules to look for them in, per program. */
  readonly schedules: number;
}

/** What one shrinker made of the failing seeds of one bug. */
export interface ComparisonRow {
  readonly shrinker: string;
  /** Means over the seeds; milliseconds of processor time. */
  readonly executions: number;
  readonly steps: number;
  readonly milliseconds: number;
  readonly cost: { readonly median: string; readonly worst: string };
  /** Seeds that came to the minimum in all four parts of the cost; null if none is proved. */
  readonly hits: number | null;
}

export interface BugComparison {
  readonly address: string;
  readonly signature: string;
  readonly seeds: number;
  /** Proved without a run to start from; null where the budget ended that. */
  readonly minimum: string | null;
  readonly rows: readonly ComparisonRow[];
}

export async function comparison(
  options: ComparisonOptions,
  { say, signal }: Pick<Surroundings, 'say' | 'signal'>,
): Promise<readonly BugComparison[] | Refusal> {
  const everything = catalogue().map(addressText);
  const unknown = options.addresses.find((address) => !everything.includes(address));
  if (unknown !== undefined)
    return { refused: 'usage', message: `no program is ${unknown}; see lastref scenarios` };
  const bugs: BugComparison[] = [];
  const known = new Set<string>();
  for (const address of addressesOf(options)) {
    const program = compileAddress(address);
    if (known.has(programDigest(program))) continue;
    known.add(programDigest(program));
    for (const failing of failingSeeds(program, options.seeds, options.schedules)) {
      await setImmediate();
      if (signal.aborted) return bugs;
      say(`${address} ${failing.signature} ...`);
      bugs.push(compared(address, program, failing));
    }
  }
  return bugs;
}

function addressesOf({ addresses, all }: ComparisonOptions): readonly string[] {
  if (addresses.length > 0) return addresses;
  return all ? searchable().map(addressText) : SHIPPED;
}

const addressText = (a: { scenario: string; variant: string; case: string }): string =>
  `${a.scenario}/${a.variant}/${a.case}`;

function compared(address: string, program: Program, { signature, seeds }: Failing): BugComparison {
  const exact = shrink(program, signature);
  const minimum = exact.ok ? costText(exact.reproduction.cost) : null;
  const rows = CONTENDERS.map(([shrinker, contender]): ComparisonRow => {
    // Once before it counts.
    contender(program, signature, seeds[0] ?? 0);
    const { seconds, shrunk } = timed(contender, program, { signature, seeds });
    const costs = shrunk.map(({ cost }) => cost).sort(compareCosts);
    const at = (index: number): string => costText(costs[index] ?? NO_COST);
    return {
      shrinker,
      executions: mean(shrunk.map(({ executions }) => executions)),
      steps: mean(shrunk.map(({ steps }) => steps)),
      milliseconds: (1000 * seconds) / seeds.length,
      cost: { median: at(Math.floor((costs.length - 1) / 2)), worst: at(costs.length - 1) },
      hits: minimum === null ? null : costs.filter((cost) => costText(cost) === minimum).length,
    };
  });
  return { address, signature, seeds: seeds.length, minimum, rows };
}

const mean = (values: readonly number[]): number =>
  Math.round(values.reduce((a, b) => a + b, 0) / Math.max(1, values.length));

function timed(
  contender: Contender,
  program: Program,
  { signature, seeds }: Failing,
): { seconds: number; shrunk: readonly Shrunk[] } {
  const shrunk: Shrunk[] = [];
  const { seconds } = measure(() => {
    for (const seed of seeds) shrunk.push(contender(program, signature, seed));
    return seeds.length;
  });
  return { seconds, shrunk };
}
