/**
 * The runs of a hunt that were cut at their step limit: which they are, and what a bounded search from where they were cut
 * makes of the lowest of them. A cut run is neither clean nor failed, so only one that is seen through is judged.
 */
import type { ExaminedRun } from '@lastref/exploration';
import type { HuntCutRun } from '../answers/hunt.js';
import type { Io } from '../io.js';
import { CUT_EXAMINED } from '../limits.js';
import { ok, type Result } from '../outcome.js';
import type { NamedProgram } from '../programs/resolve-program.js';
import { replayCommand, shrinkSignatureCommand } from '../text/commands.js';
import type { StrategyTotals } from './hunt-parts.js';

export interface HuntCut {
  readonly runs: readonly HuntCutRun[];
  /** Cut runs, listed or not, that no search has seen through. */
  readonly unjudged: number;
}

/** @param maxStates states the search may take; 0 for no search */
export async function cutRunsOf(
  { program, reference }: NamedProgram,
  parts: readonly StrategyTotals[],
  maxStates: number,
  io: Io,
): Promise<Result<HuntCut>> {
  const cut = parts.reduce((sum, { totals }) => sum + totals.cut, 0);
  const lowest = parts.flatMap(({ strategy, totals }) =>
    totals.cutSeeds.map((seed) => ({ strategy, seed })),
  );
  const asked = maxStates === 0 ? [] : lowest.slice(0, CUT_EXAMINED);
  const found =
    asked.length === 0 ? ok([]) : await io.engine.examine(program, asked, maxStates, io.signal);
  if (!found.ok) return found;
  const runs = lowest.map((run): HuntCutRun => {
    const examined = found.value.find((one) => isSame(one, run));
    return { ...run, ...seenOf(examined), ...commandsOf(reference, run, examined) };
  });
  const judged = runs.filter(({ means }) => means === 'livelock' || means === 'poller').length;
  return ok({ runs, unjudged: cut - judged });
}

type Run = Pick<ExaminedRun, 'strategy' | 'seed'>;

const isSame = (a: Run, b: Run): boolean => a.strategy === b.strategy && a.seed === b.seed;

function seenOf(
  examined: ExaminedRun | undefined,
): Pick<HuntCutRun, 'means' | 'signatures' | 'steps' | 'works'> {
  if (examined === undefined) return { means: null, signatures: [], steps: null, works: [] };
  const { means, signatures, steps, works } = examined;
  return { means, signatures, steps, works };
}

const commandsOf = (
  reference: string,
  { strategy, seed }: Run,
  examined: ExaminedRun | undefined,
): Pick<HuntCutRun, 'replay' | 'shrink'> => ({
  replay: replayCommand(reference, strategy, seed),
  shrink: (examined?.signatures ?? []).map((signature) =>
    shrinkSignatureCommand(reference, signature),
  ),
});
