/** Rows as cells of a table for a terminal. */
import type { Row } from './row.js';

const speeds = ({ ours, theirs, unit }: Row): string =>
  `${String(ours)} against ${String(theirs)} ${String(unit)}`;

export const cellsOf = (rows: readonly Row[]): string[][] => [
  ['', 'ratio', 'half of rounds', 'at least', '', ''],
  ...rows.map((row) => [
    row.name,
    row.ratio === null ? '-' : String(row.ratio),
    row.spread === undefined ? '' : row.spread.join(' to '),
    String(row.target),
    row.meets === null ? 'not measured' : row.meets ? 'met' : 'not met',
    [row.reason ?? speeds(row), ...(row.notes ?? [])].join('; '),
  ]),
];
