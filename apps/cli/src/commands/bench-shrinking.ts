/** `lastref bench shrinking`: our shrinker beside others, and how long the largest host takes. */
import {
  isRefusal,
  measureHost,
  measureShrinkers,
  type BugComparison,
  type ComparisonOptions,
  type HostTimes,
} from '@lastref/bench';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { markdown } from '../text/markdown.js';
import { count } from '../text/numbers.js';
import { refused, surroundingsOf } from './bench.js';

export interface BenchShrinkingOptions extends ComparisonOptions {
  /** The times of the largest host instead. */
  readonly wholeHost: boolean;
}

export async function benchShrinking(options: BenchShrinkingOptions, io: Io): Promise<Outcome> {
  if (options.wholeHost)
    return hostAnswer(await measureHost(options.seeds, surroundingsOf(io)), io);
  const bugs = await measureShrinkers(options, surroundingsOf(io));
  if (isRefusal(bugs)) return refused(bugs, io);
  const exit = io.signal.aborted ? EXIT.interrupted : EXIT.ok;
  return answer(exit, bugs, bugs.map(bugText).join('\n'));
}

function bugText({ address, signature, seeds, minimum, rows }: BugComparison): string {
  const proved = minimum === null ? 'no minimum is proved' : `minimum ${minimum}`;
  const cells = rows.map((row) => [
    row.shrinker,
    count(row.executions),
    count(row.steps),
    row.milliseconds.toFixed(row.milliseconds < 10 ? 1 : 0),
    row.cost.median,
    row.cost.worst,
    row.hits === null ? '-' : `${row.hits} of ${seeds}`,
  ]);
  const heading = ['shrinker', 'executions', 'steps', 'ms', 'median cost', 'worst', 'minimum'];
  const title = `${address}, \`${signature}\`: ${seeds} seeds, ${proved}`;
  return markdown({ title, cells: [heading, ...cells] });
}

function hostAnswer(times: readonly HostTimes[], { signal }: Io): Outcome {
  const cells = times.map((row) => [
    row.which,
    `${row.failures} of ${row.bugs} bugs`,
    ...[row.median, row.p95, row.worst].map((ms) => `${(ms / 1000).toFixed(2)} s`),
    `${(row.atMost / 1000).toFixed(0)} s: ${row.meets ? 'met' : '**not met**'}`,
    Object.entries(row.grades)
      .map(([grade, many]) => `${many} ${grade}`)
      .join(', '),
  ]);
  const heading = ['failures', '', 'median', 'p95', 'worst', 'p95 under', 'grades'];
  const met = times.every(({ meets }) => meets);
  const exit = signal.aborted ? EXIT.interrupted : met ? EXIT.ok : EXIT.failed;
  return answer(exit, times, markdown({ title: 'The largest host', cells: [heading, ...cells] }));
}
