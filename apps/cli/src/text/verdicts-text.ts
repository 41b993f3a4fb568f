/** The verdict table for people: a line per row, and under it what differs. */
import type { VerdictRow } from '../answers/verdicts.js';
import { count, duration } from './numbers.js';
import { table } from './table.js';

const HEAD = ['', 'address', 'min', 'reports', 'states', 'time', 'expected'];

export function verdictsText(rows: readonly VerdictRow[]): string {
  const lines = table([HEAD, ...rows.map(cells)]).split('\n');
  const body = rows.flatMap((row, i) => [
    lines[i + 1] ?? '',
    ...row.why.map((why) => `    ${why}`),
    ...(row.corrected === null ? [] : [`    corrected: ${row.corrected}`]),
  ]);
  const number = (agreement: VerdictRow['agreement']): number =>
    rows.filter((row) => row.agreement === agreement).length;
  const summary = [
    `${number('agrees')} agree`,
    `${number('disagrees')} disagree`,
    `${number('not proved')} not proved`,
    ...(number('error') > 0 ? [`${number('error')} without an answer`] : []),
    `${rows.filter(({ corrected }) => corrected !== null).length} corrected`,
  ];
  return [lines[0] ?? '', ...body, '', `${rows.length} rows: ${summary.join(', ')}`].join('\n');
}

const cells = (row: VerdictRow): string[] => [
  row.agreement,
  `${row.scenario}/${row.variant}/${row.case}`,
  row.min ?? '-',
  row.reports.map((signature) => signature.split('@')[0] ?? '').join(', ') || '-',
  count(row.states),
  duration(row.ms),
  row.expected,
];
