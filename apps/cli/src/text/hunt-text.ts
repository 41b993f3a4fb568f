/** What a hunt found, for people. */
import { judgedLine } from '@lastref/judging';
import type { HuntAnswer, HuntSignature } from '../answers/hunt.js';
import { countsText, shareText } from './counts-text.js';
import { cutLines } from './cut-text.js';
import { count, duration, plural } from './numbers.js';

/** First seeds shown per signature. */
const SHOWN_SEEDS = 5;

export function huntText(found: HuntAnswer): string {
  const { signatures, expectation, ledger, again, elapsedMs, schedulesPerSecond } = found;
  return [
    heading(found),
    countsText(found),
    '',
    ...signatures.flatMap((entry) => [...signatureLines(entry, found.schedules), '']),
    ...verdictLines(found),
    ...(expectation === null ? [] : [judgedLine(expectation)]),
    `${count(schedulesPerSecond)} schedules/s, ${duration(elapsedMs)}, ${plural(found.threads, 'thread')}`,
    ...(ledger === undefined ? [] : [`ledger ${ledger}`]),
    ...(again === undefined ? [] : [`the same schedules again: ${again}`]),
  ].join('\n');
}

function heading(found: HuntAnswer): string {
  const { address, schedules, strategy, seedFrom, interrupted, rounds, stopped } = found;
  const ran = `${address}: ${plural(schedules, 'schedule')} of ${strategy}`;
  if (rounds !== undefined && stopped !== null && stopped !== undefined)
    return `${ran} in ${plural(rounds, 'round')}, from seed ${seedFrom} on; ${stopped}`;
  return interrupted
    ? `${ran} before the interruption, from seed ${seedFrom} on`
    : `${ran}, seeds ${seedFrom} to ${seedFrom + schedules - 1}`;
}

function signatureLines(entry: HuntSignature, schedules: number): string[] {
  const { signature, report, lowestSeeds } = entry;
  const often = `${count(entry.count)} of ${count(schedules)}`;
  const first = lowestSeeds.slice(0, SHOWN_SEEDS).join(', ');
  return [
    `${report ? 'report ' : ''}${signature}`,
    `  in ${often}, ${shareText(entry.count / schedules)}; first seeds: ${first}`,
    `  ${entry.replay}`,
    `  ${entry.shrink}`,
  ];
}

function verdictLines(found: HuntAnswer): string[] {
  const { failed, clean, outside, cut, promises } = found;
  const ended = outside + cut === 0 ? '' : ' that ended';
  return [
    ...cutLines(found),
    ...(failed > 0 ? [] : [`sampled: nothing failed in ${plural(clean, 'schedule')}${ended}`]),
    ...promises.map(({ strategy, text }) => `  ${strategy}: ${text}`),
  ];
}
