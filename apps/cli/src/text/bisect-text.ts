/** A bisection as text: what mends each bug, what makes it, and the causes that bugs have in common. */
import {
  changeText,
  isComplete,
  type Bisection,
  type Reach,
  type RootCause,
} from '@lastref/judging';

export interface Bisected {
  readonly switches: Readonly<Record<string, string>>;
  readonly bugs: readonly Bisection[];
  readonly rootCauses: readonly RootCause[];
  readonly searched: number;
}

export function bisectText({ switches, bugs, rootCauses, searched }: Bisected): string {
  const named = bugs.flatMap(({ mends, fails }) => [
    ...mends.sets.flatMap(({ changes }) => changes.map((change) => change.switch)),
    ...fails.sets.flatMap((set) => set.switches),
  ]);
  return [
    ...bugs.flatMap(bugLines),
    ...rootCauses.flatMap(causeLines),
    'switches',
    ...Object.entries(switches)
      .filter(([name]) => named.includes(name))
      .map(([name, prose]) => `  ${name}: ${prose}`),
    `${searched} programs searched, every schedule of each`,
    '',
  ].join('\n');
}

function bugLines({ address, signature, on, fails, mends }: Bisection): string[] {
  return [
    `${address}: ${signature}`,
    `  on in it: ${setText(on)}`,
    ...(fails.sets.length === 0 ? ['  fails with: no set that was tried'] : []),
    ...fails.sets.map((set) => `  fails with: ${setText(set.switches)}`),
    ...reachLine(fails),
    ...(mends.sets.length === 0 ? ['  mended by: no change that was tried'] : []),
    ...mends.sets.map(
      ({ changes, left }) =>
        `  mended by: ${changes.map(changeText).join(' ')}${left.length === 0 ? '' : `; then fails with ${left.join(', ')}`}`,
    ),
    ...reachLine(mends),
    '',
  ];
}

const setText = (names: readonly string[]): string =>
  names.length === 0 ? 'no switch' : names.join(' ');

function reachLine(reach: Reach): string[] {
  if (isComplete(reach)) return [];
  const { tried, upTo, unknown } = reach;
  const open = unknown === 0 ? '' : `; ${unknown} of them past the budget of states`;
  const sizes = upTo === null ? 'all sizes' : `all sets of at most ${Math.max(0, upTo)}`;
  return [`    not all: ${tried} sets tried, ${sizes}${open}`];
}

function causeLines({ mendedBy, bugs }: RootCause, index: number): string[] {
  const mends = mendedBy.map((changes) => changes.map(changeText).join(' ')).join(' | ');
  return [
    `root cause ${index + 1}: mended by ${mends === '' ? 'nothing that was tried' : mends}`,
    ...bugs.map(({ address, signature }) => `  ${address}: ${signature}`),
    '',
  ];
}
