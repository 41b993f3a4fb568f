/** The matrix for people: a table per scenario, a row per case, a column per variant; what is wrong below, with why. */
import type { MatrixRow } from '@lastref/contracts';
import { table } from './table.js';

const unique = (names: readonly string[]): string[] => [...new Set(names)];

export function matrixText(rows: readonly MatrixRow[]): string {
  if (rows.length === 0) return 'no programs yet';
  const tables = unique(rows.map(({ scenario }) => scenario)).map((scenario) =>
    scenarioTable(
      scenario,
      rows.filter((row) => row.scenario === scenario),
    ),
  );
  const wrong = rows
    .filter(({ standing }) => standing === 'wrong')
    .map(({ address, why }) => `${address} is wrong: ${why.join('; ')}\n`);
  return [...tables, ...(wrong.length === 0 ? [] : [wrong.join('')])].join('\n');
}

function scenarioTable(scenario: string, rows: readonly MatrixRow[]): string {
  const variants = unique(rows.map(({ variant }) => variant));
  const cases = unique(rows.map((row) => row.case));
  const cell = (variant: string, name: string): string => {
    const row = rows.find((one) => one.variant === variant && one.case === name);
    return row === undefined ? '-' : row.standing + evidence(row);
  };
  const lines = cases.map((name) => [name, ...variants.map((variant) => cell(variant, name))]);
  return table([[scenario, ...variants], ...lines]);
}

/** What a verdict that is no evidence itself rests on. */
const evidence = ({ standing, evidence: on }: MatrixRow): string =>
  ['fails as expected', 'fails', 'wrong'].includes(standing) ? ` (${on})` : '';
