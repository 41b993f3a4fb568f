/**
 * `lastref bench`: how fast the engine is beside its peers, on the same models, in one run. Answers are compared before a
 * ratio is printed; a peer that is not there leaves its row unmeasured and says what is missing.
 */
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { table } from '../text/table.js';
import { Workshop } from './native.js';
import { PARTS, type PartName } from './parts.js';
import { Disagreement, type Row } from './row.js';
import { againstFastCheck, againstPlainSwitch, walkerAgainstC } from './sampling-rows.js';
import { againstSpin } from './search-rows.js';
import { serviceLeftOut, throughService } from './service-row.js';
import { twoThreads } from './thread-row.js';

export interface BenchFlags {
  readonly quick: boolean;
}

/** @param names of the parts to measure, all if none */
export async function bench(
  names: readonly PartName[],
  { quick }: BenchFlags,
  io: Io,
): Promise<Outcome> {
  const workshop = new Workshop();
  const work = works(workshop, io, quick);
  const rows: Row[] = [];
  try {
    for (const name of PARTS.filter((part) => names.length === 0 || names.includes(part))) {
      if (io.signal.aborted) break;
      io.note(`${name} ...`);
      rows.push(...(await work[name]()));
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
  const exit = io.signal.aborted ? EXIT.interrupted : met ? EXIT.ok : EXIT.failed;
  return answer(exit, { agreement: true, rows }, benchText(rows));
}

type Work = () => Row[] | Promise<Row[]>;

const works = (workshop: Workshop, io: Io, quick: boolean): Record<PartName, Work> => ({
  c: () => ['nbd/buggy', 'mlx5/buggy'].map((a) => walkerAgainstC(a, workshop)),
  'fast-check': () => againstFastCheck('nbd/buggy'),
  spin: () => againstSpin(workshop),
  threads: async () => [await twoThreads('nbd/buggy')],
  'plain-switch': () => [againstPlainSwitch()],
  service: async () => [quick ? serviceLeftOut() : await throughService(io)],
});

function benchText(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.name,
    row.ratio === null ? '-' : String(row.ratio),
    row.spread === undefined ? '' : row.spread.join(' to '),
    String(row.target),
    row.meets === null ? 'not measured' : row.meets ? 'met' : 'not met',
    row.reason ?? `${String(row.ours)} against ${String(row.theirs)} ${String(row.unit)}`,
  ]);
  return table([['', 'ratio', 'half of rounds', 'at least', '', ''], ...lines]);
}
