/** A night beside those before, for people: what changed first, with the history of what came back. */
import type { ComparedBug, Comparison } from '@lastref/contracts';
import { localTime, tickText } from './nightly-text.js';
import { count, plural } from './numbers.js';

export function comparisonText(zone: string, comparison: Comparison): string {
  const { tick, before } = comparison;
  const beside =
    before === null ? 'the first night' : `after that of ${localTime(before.dueAt, zone)}`;
  return [
    `night of ${localTime(tick.dueAt, zone)}, ${tickText(tick)}: ${beside}`,
    ...section('new', comparison.new, metText),
    ...section('regressed', comparison.regressed, (bug) =>
      [metText(bug), historyText(bug)].join('; '),
    ),
    ...section('gone', comparison.gone, (bug) => `not met, ${expectedText(bug)}`),
    ...section('not met, which may be chance', comparison.unmet, expectedText),
    ...section('standing', comparison.standing, metText),
  ].join('\n');
}

function section(
  title: string,
  bugs: readonly ComparedBug[],
  say: (bug: ComparedBug) => string,
): string[] {
  if (bugs.length === 0) return [`${title}: none`];
  return [
    `${title}:`,
    ...bugs.map((bug) => {
      const { scenario, variant, signature, report } = bug;
      return `  bug ${bug.bug} ${scenario}/${variant} ${report ? 'report ' : ''}${signature}: ${say(bug)}`;
    }),
  ];
}

const metText = (bug: ComparedBug): string => `met ${plural(bug.count, 'time')}`;

const expectedText = ({ expected }: ComparedBug): string =>
  `${expected < 10 ? expected.toFixed(1) : count(expected)} meetings were to be expected`;

const historyText = ({ history }: ComparedBug): string =>
  history.map(({ kind, at }) => `${kind} ${at.slice(0, 10)}`).join(', ');
