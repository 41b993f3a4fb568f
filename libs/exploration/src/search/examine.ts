/**
 * What became of runs that were cut at their step limit: a bounded search from where each was cut tells a livelock from a
 * run that is only long. All runs share one search, since they mostly go round in the same states.
 */
import type { Program } from '@lastref/kernel';
import { Runner } from '../sampling/runner.js';
import { strategyByName } from '../strategies/index.js';
import { judgeEndless } from './endless.js';
import { StateGraph } from './graph.js';
import { loopHeads } from './livelock.js';
import { PartialSearch } from './partial-search.js';

export interface CutRun {
  readonly strategy: string;
  readonly seed: number;
}

/**
 * livelock: it can never end. poller: it can never end, and nothing waits for that. outside: it goes on for ever, and a task
 * is kept back by the order of the case. long: it can still end. unknown: the budget ended before either was seen.
 */
export type CutMeans = 'livelock' | 'poller' | 'outside' | 'long' | 'unknown';

export interface ExaminedRun extends CutRun {
  readonly means: CutMeans;
  /** Failures and livelocks that it can still run into; for a livelock what it is in, or bound to come to. */
  readonly signatures: readonly string[];
  /** long: the fewest steps from the cut to an end. */
  readonly steps: number | null;
  /** poller: the functions that queue themselves. */
  readonly works: readonly string[];
}

/** @param runs runs that are cut; one that is not, or whose strategy is unknown, is left out */
export function examineCut(
  program: Program,
  runs: readonly CutRun[],
  maxStates: number,
): ExaminedRun[] {
  const graph = new StateGraph(program);
  const starts = runs.flatMap((run) => {
    const found = strategyByName(program, run.strategy);
    if (!found.ok || new Runner(graph.machine, found.strategy).run(run.seed) !== 'cut') return [];
    return [{ run, state: graph.intern() }];
  });
  const states = starts.map(({ state }) => state);
  const search = new PartialSearch(graph, states, maxStates);
  return starts.map(({ run, state }) => ({ ...run, ...meaning(graph, search, state) }));
}

function meaning(
  graph: StateGraph,
  search: PartialSearch,
  state: number,
): Omit<ExaminedRun, keyof CutRun> {
  const { steps, failures, bottoms, complete } = search.reach(state);
  const heads = loopHeads(graph.program);
  const endless = bottoms.map((members) =>
    judgeEndless(graph.machine, members, heads, (member) => {
      graph.restore(member);
    }),
  );
  const livelocks = endless.flatMap((e) => (e.kind === 'livelock' ? [e.signature] : []));
  const works = endless.flatMap((e) => (e.kind === 'poller' ? e.works : []));
  const found = {
    signatures: [...new Set([...failures, ...livelocks])].sort(),
    steps,
    works: [...new Set(works)].sort(),
  };
  if (steps !== null) return { ...found, means: 'long' };
  if (!complete) return { ...found, means: 'unknown' };
  if (livelocks.length === endless.length) return { ...found, means: 'livelock' };
  return { ...found, means: works.length > 0 ? 'poller' : 'outside' };
}
