/**
 * How fast the engine is beside its peers, on the same models, in one run. Answers are compared before a ratio is given; a
 * peer that is not there leaves its row unmeasured and says what is missing.
 */
import { Workshop } from './native/workshop.js';
import { PARTS, type PartName } from './parts.js';
import { Disagreement, type Row } from './rounds/row.js';
import { againstFastCheck, againstPlainSwitch, walkerAgainstC } from './rows/sampling-rows.js';
import { againstSpin } from './rows/search-rows.js';
import { serviceLeftOut, throughService } from './rows/service-row.js';
import { twoThreads } from './rows/thread-row.js';
import type { Surroundings } from './surroundings.js';

export interface BenchResult {
  /** False: two sides gave different answers, so no ratio means anything. */
  readonly agreement: boolean;
  readonly disagreement?: string;
  readonly rows: readonly Row[];
}

/** @param names of the parts to measure, all if none */
export async function bench(
  names: readonly PartName[],
  { quick }: { readonly quick: boolean },
  surroundings: Surroundings,
): Promise<BenchResult> {
  const workshop = new Workshop();
  const work = works(workshop, surroundings, quick);
  const chosen = PARTS.filter((part) => names.length === 0 || names.includes(part));
  try {
    return await rowsOf(
      chosen.map((name) => [name, work[name]]),
      surroundings,
    );
  } finally {
    workshop.close();
  }
}

/** The rows of all works, until one disagrees or Ctrl-C comes. */
export async function rowsOf(
  works: readonly (readonly [name: string, work: Work])[],
  { say, signal }: Pick<Surroundings, 'say' | 'signal'>,
): Promise<BenchResult> {
  const rows: Row[] = [];
  try {
    for (const [name, work] of works) {
      if (signal.aborted) break;
      say(`${name} ...`);
      rows.push(...(await work()));
    }
  } catch (error) {
    if (!(error instanceof Disagreement)) throw error;
    return { agreement: false, disagreement: error.message, rows };
  }
  return { agreement: true, rows };
}

export type Work = () => Row[] | Promise<Row[]>;

const works = (
  workshop: Workshop,
  surroundings: Surroundings,
  quick: boolean,
): Record<PartName, Work> => ({
  c: () => ['nbd/buggy', 'mlx5/buggy'].map((a) => walkerAgainstC(a, workshop)),
  'fast-check': () => againstFastCheck('nbd/buggy'),
  spin: () => againstSpin(workshop, surroundings.lastref),
  threads: async () => [await twoThreads('nbd/buggy')],
  'plain-switch': () => [againstPlainSwitch()],
  service: async () => [quick ? serviceLeftOut() : await throughService(surroundings)],
});
