/** A campaign for people: its counters, what failed per program, and what was expected. */
import type { Campaign } from '@lastref/contracts';
import { countsOf, rateText } from '@lastref/exploration';
import type { JudgedPart } from '../verdicts/judge-campaign.js';
import { byProgram, byStrategy, type MergedParts } from '../verdicts/merge-parts.js';
import { huntCommand, replayCommand } from './commands.js';
import { countsText } from './counts-text.js';
import { count, plural } from './numbers.js';

export function campaignText(campaign: Campaign, judged: readonly JudgedPart[]): string {
  const { id, title, state, stop, executed, schedules, failing, shards } = campaign;
  const { ledgerDigest, reason } = campaign;
  return [
    `campaign ${id} (${title}): ${state}`,
    `${count(executed)} of ${stop === 'count' ? '' : 'at most '}${plural(schedules, 'schedule')}, ${count(failing)} failing; shards: ${count(shards.done)} of ${count(shards.carved)} done, ${count(shards.quarantined)} quarantined`,
    ...(reason === null ? [] : [`stopped by ${reason}`]),
    ...byProgram(campaign).flatMap((program) => programLines(program.program, campaign, judged)),
    ...campaign.missing.map(
      ({ program, seedFrom, count: seeds }) =>
        `missing: program ${program.slice(0, 12)}, seeds ${seedFrom} to ${seedFrom + seeds - 1}`,
    ),
    ...campaign.waiting.map(
      ({ address, semantics }) =>
        `waiting: ${address} needs a worker that implements semantics ${semantics}, and none is alive`,
    ),
    ...(ledgerDigest === null ? [] : [`ledger ${ledgerDigest}`]),
  ].join('\n');
}

function programLines(
  program: string,
  campaign: Campaign,
  judged: readonly JudgedPart[],
): string[] {
  const parts = byStrategy(campaign).filter((part) => part.program === program);
  const rounds = campaign.rounds.find((entry) => entry.program === program);
  const verdict = judged.find((entry) => entry.program === program);
  return [
    ...parts.flatMap(partLines),
    ...(rounds === undefined ? [] : [`  ${roundsText(rounds)}`]),
    ...(verdict === undefined ? [] : [`  ${judgedText(verdict)}`]),
  ];
}

function partLines(part: MergedParts): string[] {
  const { address, strategy, schedules, signatures } = part;
  const counts = countsOf(part);
  const silent = schedules > 0 && counts.failed === 0;
  return [
    '',
    `${address}: ${plural(schedules, 'schedule')} of ${strategy}: ${countsText(counts)}`,
    ...signatures.flatMap(({ signature, report, count: times, lowestSeeds }) => [
      `  ${report ? 'report ' : ''}${signature}: ${count(times)}`,
      ...lowestSeeds.slice(0, 1).map((seed) => `    ${replayCommand(address, strategy, seed)}`),
    ]),
    ...cutLines(part),
    ...(silent ? [`  nothing failed: ${rateText(strategy, counts)}`] : []),
  ];
}

/** A hunt of the one seed also examines it. */
function cutLines({ address, strategy, cutSeeds }: MergedParts): string[] {
  const [first] = cutSeeds;
  if (first === undefined) return [];
  return [`  cut: seeds ${cutSeeds.join(', ')}`, `    ${huntCommand(address, strategy, first, 1)}`];
}

const roundsText = ({ round, stopped }: Campaign['rounds'][number]): string =>
  stopped === null ? `round ${count(round)}` : `${plural(round + 1, 'round')}: ${stopped}`;

function judgedText({ expected, held, why }: JudgedPart): string {
  const what = expected === null ? 'no expectation declared' : `expected ${expected}`;
  return held ? `${what}: held` : `${what}: did not hold: ${why.join('; ')}`;
}
