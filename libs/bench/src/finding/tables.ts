/** A finding as tables: ours, the published beside the portfolio, and what is proved. */
import type { FirstFailureTable } from '../first-failure/first-failure.js';
import type { FindingCell, FindingResult, FindingRow } from './finding.js';
import { foundOf, PUBLISHED_TRIALS, TOOLS, type PublishedCell } from './published.js';

const NOTHING = '-';
const DECIMALS_BELOW = 100;
const MINIMUM = 'minimum: events/preemptions/switches';

export function tablesOf({ trials, cap, strategies, rows }: FindingResult): FirstFailureTable[] {
  const sizes = `${trials} trials, cap ${whole(cap)}`;
  return [
    {
      title: `Ours: mean schedules to the first failure, with the 95 % interval of the mean; ${sizes}`,
      cells: [
        ['program', ...strategies],
        ...rows.map((row) => [row.program, ...row.ours.map((cell) => oursText(cell, trials))]),
      ],
    },
    {
      title: `Published: the same, ${PUBLISHED_TRIALS} trials; the lowest mean of a tool that always found it, and the portfolio over that`,
      cells: [['program', ...TOOLS, 'lowest', 'portfolio', 'ratio'], ...rows.map(publishedCells)],
    },
    {
      title: 'Proved',
      cells: [['program', 'states', 'rw/1 exactly', MINIMUM, 'fixed'], ...rows.flatMap(proofCells)],
    },
  ];
}

const whole = (n: number): string => Math.round(n).toLocaleString('en');
const number = (n: number): string =>
  n < DECIMALS_BELOW ? String(Math.round(n * 10) / 10) : whole(n);

function oursText({ mean, halfWidth, found }: FindingCell, trials: number): string {
  if (mean === undefined) return NOTHING;
  const of = found === trials ? '' : ` [${found}]`;
  return `${number(mean)} +- ${typeof halfWidth === 'number' ? number(halfWidth) : '?'}${of}`;
}

function publishedText(cell: PublishedCell | undefined): string {
  if (cell === undefined) return '';
  const mean = typeof cell === 'number' ? cell : cell[0];
  const found = foundOf(cell);
  if (found === 0) return NOTHING;
  return found === PUBLISHED_TRIALS ? number(mean) : `${number(mean)} [${found}]`;
}

function publishedCells({ program, theirs, best, ours }: FindingRow): string[] {
  const mean = ours.at(-1)?.mean;
  return [
    program,
    ...TOOLS.map((tool) => publishedText(theirs[tool])),
    best === null ? NOTHING : `${best.tool} ${number(best.mean)}`,
    mean === undefined ? NOTHING : number(mean),
    best === null || mean === undefined ? NOTHING : (mean / best.mean).toFixed(2),
  ];
}

function proofCells({ program, proof }: FindingRow): string[][] {
  if (proof === null) return [];
  const { states, exactly, minimum, fixed } = proof;
  return [
    [
      program,
      states === null ? 'beyond search' : whole(states),
      exactly === null ? NOTHING : number(exactly),
      minimum === null ? NOTHING : `${minimum.cost}, ${minimum.grade}`,
      fixed === null ? 'beyond search' : `proved, ${whole(fixed)} states`,
    ],
  ];
}
