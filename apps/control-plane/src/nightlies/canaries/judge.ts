/** What is wrong with the answers of the canaries; null if they are as they must be. Pure. */
import type { StoredPart } from '@lastref/storage';
import { FAILS, HOLDS } from './programs.js';

export function judgeCanaryParts(parts: readonly StoredPart[]): string | null {
  const failing = (address: string): number => sum(parts, address, failuresOf);
  const schedules = (address: string): number =>
    sum(parts, address, ({ totals }) => totals.schedules);
  if (schedules(FAILS) === 0 || schedules(HOLDS) === 0) return 'have run nothing';
  const wrong = [
    ...(failing(FAILS) === 0
      ? [`${FAILS} must fail and did not in ${schedules(FAILS)} schedules`]
      : []),
    ...(failing(HOLDS) > 0
      ? [`${HOLDS} must not fail and did in ${failing(HOLDS)} of ${schedules(HOLDS)} schedules`]
      : []),
  ];
  return wrong.length === 0 ? null : `gave a wrong answer: ${wrong.join('; ')}`;
}

const failuresOf = ({ totals }: StoredPart): number =>
  totals.signatures.reduce((count, row) => count + (row.report ? 0 : row.count), 0);

const sum = (
  parts: readonly StoredPart[],
  address: string,
  of: (part: StoredPart) => number,
): number =>
  parts.filter((part) => part.address === address).reduce((total, part) => total + of(part), 0);
