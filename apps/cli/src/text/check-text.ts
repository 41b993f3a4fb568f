/** What `check` found of one case, for people. */
import type { Checked, CheckedCase } from '../answers/check.js';
import { count, duration, plural } from './numbers.js';

export function checkText(row: Checked): string {
  const lines = 'error' in row ? [] : found(row);
  const notes = row.notes === '' ? [] : [row.notes];
  const head = 'error' in row ? `no answer: ${row.error}` : verdict(row);
  return [`${row.address}: ${head}`, ...[...lines, ...notes].map((line) => `  ${line}`)]
    .join('\n')
    .concat('\n');
}

function verdict({ proved, failures }: CheckedCase): string {
  const fails = failures.length > 0;
  if (!proved) return fails ? 'fails; the search did not end' : 'not proved: raise --max-states';
  return fails ? 'proved: fails, and in no other way' : 'proved: no schedule fails';
}

function found(row: CheckedCase): string[] {
  return [
    ...row.failures,
    ...row.reports.map((signature) => `report ${signature}`),
    ...row.missed.map((milestone) => `no run reaches ${milestone}`),
    ...row.warnings.map((warning) => `warning: ${warning}`),
    `${plural(row.operations, 'operation')}, ${plural(row.states, 'state')}, depth ${count(row.depth)}, ${duration(row.elapsedMs)}`,
    ...(row.neverExecuted.length === 0
      ? []
      : [`lines never executed: ${row.neverExecuted.join(' ')}`]),
    ...(row.expect === undefined ? [] : [expectation(row.expect, row.why ?? [])]),
  ];
}

const expectation = (expect: string, why: readonly string[]): string =>
  why.length === 0
    ? `expected ${expect}: held`
    : `expected ${expect}: did not hold: ${why.join('; ')}`;
