/** A bisection as text, cause by cause: what mends it, and the bugs that it mends, each with the switches that make it. */
import {
  changeText,
  isComplete,
  type Bisection,
  type Change,
  type MendingSet,
  type Reach,
  type RootCause,
} from '@lastref/judging';

export interface Bisected {
  /** Every switch of the scenario, with what it does. */
  readonly switches: Readonly<Record<string, string>>;
  readonly bugs: readonly Bisection[];
  readonly rootCauses: readonly RootCause[];
  /** Programs that were searched. */
  readonly searched: number;
}

export function bisectText({ switches, bugs, rootCauses, searched }: Bisected): string {
  const causes = rootCauses.flatMap(({ mendedBy, bugs: of }, i) => [
    `root cause ${i + 1}`,
    ...(mendedBy.length === 0 ? ['  mended by nothing that was tried'] : []),
    ...mendedBy.map((changes) => `  mended by ${changesText(changes, switches)}`),
    ...of.flatMap(({ address, signature }) =>
      bugs
        .filter((bug) => bug.address === address && bug.signature === signature)
        .flatMap(bugLines),
    ),
    '',
  ]);
  return [...causes, `${searched} programs searched, every schedule of each`, ''].join('\n');
}

const changesText = (changes: readonly Change[], prose: Bisected['switches']): string =>
  changes.map((change) => `${changeText(change)} (${prose[change.switch] ?? ''})`).join(' and ');

function bugLines({ address, signature, on, fails, mends }: Bisection): string[] {
  const own = on.length === 0 ? '' : ` [${on.join(' ')}]`;
  return [
    `  ${address}${own}: ${signature}`,
    `    fails with ${fails.sets.map(({ switches }) => setText(switches)).join(', or with ') || 'no set that was tried'}`,
    ...openLine(fails),
    ...mends.sets.filter(({ left }) => left.length > 0).map(leftLine),
    ...openLine(mends),
  ];
}

const leftLine = ({ changes, left }: MendingSet): string =>
  `    mended by ${changes.map(changeText).join(' and ')} it fails with ${left.join(', ')}`;

const setText = (names: readonly string[]): string =>
  names.length === 0 ? 'no switch on' : `${names.join(' and ')} on`;

function openLine(reach: Reach): string[] {
  if (isComplete(reach)) return [];
  const { tried, upTo, unknown } = reach;
  const open = unknown === 0 ? '' : `, ${unknown} of them past the budget of states`;
  const sizes = upTo === null ? 'all sizes' : `all of at most ${Math.max(0, upTo)} switches`;
  return [`    not all: ${tried} sets tried, ${sizes}${open}`];
}
