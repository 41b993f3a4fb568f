/** The verdict table for people: a line per row, and under it what differs. */
import type { VerdictRow, VerdictSummary } from '../answers/verdicts.js';
import { count, duration } from './numbers.js';
import { table } from './table.js';

const HEAD = ['', 'address', 'min', 'reports', 'states', 'time', 'expected'];

export function verdictsText(rows: readonly VerdictRow[], all: VerdictSummary): string {
  const lines = table([HEAD, ...rows.map(cells)]).split('\n');
  const body = rows.flatMap((row, i) => [
    lines[i + 1] ?? '',
    ...row.why.map((why) => `    ${why}`),
    ...(row.corrected === null ? [] : [`    corrected: ${row.corrected}`]),
  ]);
  const counts = [
    `${all.agree} agree`,
    `${all.disagree} disagree`,
    `${all.notProved} not proved`,
    ...(all.withoutAnswer > 0 ? [`${all.withoutAnswer} without an answer`] : []),
    `${all.corrected} corrected`,
  ].join(', ');
  const size = `${count(all.states)} states, at most ${count(all.mostStates)} a row, ${duration(all.ms)}`;
  return [lines[0] ?? '', ...body, '', `${all.rows} rows: ${counts}; ${size}`].join('\n');
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
