/**
 * A verification as Markdown, for the summary of a pull request: the verdict first, then what does not hold, then all
 * cases folded away. Names are put as code, in which nothing is marked up.
 */
import { markdownCode as code, oneLine } from '@lastref/reporting';
import type { Verification, VerifiedCase } from '../answers/verify-fix.js';
import { count, duration, plural } from '../text/numbers.js';

/** Cases written out; a summary of a job has a limit of its own. */
const SHOWN = 500;

const WORDS: Readonly<Record<VerifiedCase['outcome'], string>> = {
  holds: 'holds',
  fails: '**fails**',
  unproved: '**not proved**',
  error: '**no answer**',
};

export function markdownSummary(verification: Verification): string {
  const { cases, counts, verified } = verification;
  const bad = cases.filter(({ outcome }) => outcome !== 'holds');
  const head = verified
    ? `### Lastref: ${plural(cases.length, 'case')} proved, all as expected`
    : `### Lastref: ${bad.length} of ${plural(cases.length, 'case')} not as expected`;
  const tally = `${counts.holds} hold, ${counts.fails} fail, ${counts.unproved} not proved, ${counts.error} without an answer.`;
  return [head, '', tally, '', ...bad.slice(0, SHOWN).flatMap(details), ...table(cases), ''].join(
    '\n',
  );
}

function details({ address, outcome, why, commands }: VerifiedCase): string[] {
  const fenced = commands.length === 0 ? [] : ['', '```sh', ...commands.map(oneLine), '```'];
  return [
    `${code(address)} ${WORDS[outcome]}:`,
    '',
    ...why.map((one) => `- ${code(one)}`),
    ...fenced,
    '',
  ];
}

function table(cases: readonly VerifiedCase[]): string[] {
  const rows = cases.slice(0, SHOWN).map(({ address, outcome, expect, states, elapsedMs }) => {
    const cells = [code(address), WORDS[outcome], expect === null ? '' : code(expect)];
    return `| ${[...cells, count(states), duration(elapsedMs)].join(' | ')} |`;
  });
  const left = cases.length - rows.length;
  const head = [
    '| case | result | expected | states | time |',
    '| --- | --- | --- | ---: | ---: |',
  ];
  const more = left > 0 ? ['', `and ${left} more`] : [];
  return ['<details><summary>All cases</summary>', '', ...head, ...rows, ...more, '', '</details>'];
}
