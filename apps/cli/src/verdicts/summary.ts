/** What the rows of `verdicts` come to together. */
import type { Agreement, VerdictRow, VerdictSummary } from '../answers/verdicts.js';

export function summaryOf(rows: readonly VerdictRow[]): VerdictSummary {
  const number = (agreement: Agreement): number =>
    rows.filter((row) => row.agreement === agreement).length;
  const sum = (of: (row: VerdictRow) => number): number =>
    rows.reduce((total, row) => total + of(row), 0);
  return {
    rows: rows.length,
    agree: number('agrees'),
    disagree: number('disagrees'),
    notProved: number('not proved'),
    withoutAnswer: number('error'),
    corrected: rows.filter(({ corrected }) => corrected !== null).length,
    states: sum(({ states }) => states),
    mostStates: Math.max(0, ...rows.map(({ states }) => states)),
    ms: sum(({ ms }) => ms),
  };
}
