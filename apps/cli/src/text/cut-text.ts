/** The cut runs of a hunt: which they are, and what a search has made of them, those of one meaning together. */
import type { CutMeans } from '@lastref/exploration';
import type { HuntAnswer, HuntCutRun } from '../answers/hunt.js';
import { count, plural } from './numbers.js';

/** Seeds shown per meaning. */
const SHOWN_SEEDS = 5;

export function cutLines({ cut, cutRuns }: Pick<HuntAnswer, 'cut' | 'cutRuns'>): string[] {
  if (cut === 0) return [];
  const examined = cutRuns.filter(({ means }) => means !== null).length;
  const head =
    examined === 0
      ? `${plural(cut, 'run')} cut, none examined (--examine-cut); lowest seeds: ${seedsOf(cutRuns)}`
      : `${plural(cut, 'run')} cut, ${count(examined)} examined:`;
  const groups = new Map<string, HuntCutRun[]>();
  for (const run of cutRuns) {
    if (run.means === null) continue;
    const text = meaningText(run, run.means);
    groups.set(text, [...(groups.get(text) ?? []), run]);
  }
  const [first] = cutRuns;
  return [
    head,
    ...(examined === 0 && first !== undefined ? [`  ${first.replay}`] : []),
    ...[...groups].flatMap(([text, runs]) => groupLines(text, runs)),
    '',
  ];
}

function groupLines(text: string, runs: readonly HuntCutRun[]): string[] {
  const [first] = runs;
  if (first === undefined) return [];
  return [
    `  ${count(runs.length)} ${text}; seeds ${seedsOf(runs)}`,
    `    ${first.replay}`,
    ...first.shrink.map((command) => `    ${command}`),
  ];
}

const seedsOf = (runs: readonly HuntCutRun[]): string => {
  const shown = runs.slice(0, SHOWN_SEEDS).map(({ seed }) => seed);
  return `${shown.join(', ')}${runs.length > SHOWN_SEEDS ? ', ...' : ''}`;
};

function meaningText({ signatures, works }: HuntCutRun, means: CutMeans): string {
  const may = signatures.length === 0 ? '' : `, and may come to ${signatures.join(', ')}`;
  switch (means) {
    case 'livelock':
      return `can never end: ${signatures.join(', ')}`;
    case 'poller':
      return `go on for ever beside nothing that waits: ${works.join(', ')} queues itself${may}`;
    case 'outside':
      return `go on for ever beside a task that the order of the case keeps back${may}`;
    case 'long':
      return `can still end, they are only long${may}`;
    case 'unknown':
      return `not seen through: the search ended first, raise --examine-cut${may}`;
  }
}
