/** A verification for people: a line for each case, the reasons below those that do not hold. */
import type { Verification, VerifiedCase } from '../answers/verify-fix.js';
import { count, plural } from '../text/numbers.js';

const WORDS: Readonly<Record<VerifiedCase['outcome'], string>> = {
  holds: 'holds',
  fails: 'FAILS',
  unproved: 'NOT PROVED',
  error: 'NO ANSWER',
};

export function verificationText({ cases, counts, verified }: Verification): string {
  const others = `${counts.fails} fail, ${counts.unproved} not proved, ${counts.error} without an answer`;
  const last = verified
    ? `verified: ${plural(cases.length, 'case')}, all as expected`
    : `not verified: ${counts.holds} of ${plural(cases.length, 'case')} hold, ${others}`;
  return [...cases.flatMap(caseLines), last, ''].join('\n');
}

function caseLines(one: VerifiedCase): string[] {
  const { address, outcome, expect, states, why, commands } = one;
  const expected = expect === null ? '' : `, expected ${expect}`;
  return [
    `${WORDS[outcome]}  ${address} (${count(states)} states${expected})`,
    ...why.map((reason) => `  ${reason}`),
    ...commands.map((command) => `  $ ${command}`),
  ];
}
