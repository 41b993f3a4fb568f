/**
 * `lastref bench`: how fast the engine is beside its peers, on the same models, in one run. Answers are compared before a
 * ratio is printed; a peer that is not there leaves its row unmeasured and says what is missing.
 */
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { table } from '../text/table.js';
import { Workshop } from './native.js';
import { absent, Disagreement, type Row } from './row.js';
import { againstFastCheck, againstPlainSwitch, walkerAgainstC } from './sampling-rows.js';
import { againstSpin } from './search-rows.js';
import { twoThreads } from './thread-row.js';

export async function bench(io: Io): Promise<Outcome> {
  const workshop = new Workshop();
  const rows: Row[] = [];
  try {
    for (const [what, work] of parts(workshop)) {
      if (io.signal.aborted) break;
      io.note(`${what} ...`);
      rows.push(...(await work()));
    }
  } catch (error) {
    if (!(error instanceof Disagreement)) throw error;
    const json = { agreement: false, disagreement: error.message, rows };
    return answer(
      EXIT.failed,
      json,
      `the answers differ, no ratio means anything\n${error.message}`,
    );
  } finally {
    workshop.close();
  }
  const met = rows.every(({ meets }) => meets !== false);
  return answer(met ? EXIT.ok : EXIT.failed, { agreement: true, rows }, benchText(rows));
}

type Part = readonly [string, () => Row[] | Promise<Row[]>];

const parts = (workshop: Workshop): Part[] => [
  ['C', () => ['nbd/buggy', 'mlx5/buggy'].map((a) => walkerAgainstC(a, workshop))],
  ['fast-check', () => againstFastCheck('nbd/buggy')],
  ['Spin', () => againstSpin(workshop)],
  ['threads', async () => [await twoThreads('nbd/buggy')]],
  [
    'service',
    () => [absent('campaign / CLI, one thread', 0.95, 'needs a running service: not part of this')],
  ],
  ['plain switch', () => [againstPlainSwitch()]],
];

function benchText(rows: readonly Row[]): string {
  const lines = rows.map(({ name, ratio, target, meets, ours, theirs, unit, reason }) => [
    name,
    ratio === null ? '-' : String(ratio),
    String(target),
    meets === null ? 'not measured' : meets ? 'met' : 'not met',
    reason ?? `${String(ours)} against ${String(theirs)} ${String(unit)}`,
  ]);
  return table([['', 'ratio', 'at least', '', ''], ...lines]);
}
