/** A campaign for people: its counters, what failed per program, and what was expected. */
import type { Campaign, CampaignPart } from '@lastref/contracts';
import type { JudgedPart } from '../verdicts/judge-campaign.js';
import { replayCommand } from './commands.js';
import { count, plural } from './numbers.js';

export function campaignText(campaign: Campaign, judged: readonly JudgedPart[]): string {
  const { id, title, state, executed, schedules, failing, shards, ledgerDigest } = campaign;
  return [
    `campaign ${id} (${title}): ${state}`,
    `${count(executed)} of ${plural(schedules, 'schedule')}, ${count(failing)} failing; shards: ${count(shards.done)} of ${count(shards.carved)} done, ${count(shards.quarantined)} quarantined`,
    ...campaign.parts.flatMap((part, i) => partLines(part, judged[i])),
    ...campaign.missing.map(
      ({ program, seedFrom, count: seeds }) =>
        `missing: program ${program.slice(0, 12)}, seeds ${seedFrom} to ${seedFrom + seeds - 1}`,
    ),
    ...(ledgerDigest === null ? [] : [`ledger ${ledgerDigest}`]),
  ].join('\n');
}

function partLines(part: CampaignPart, judged: JudgedPart | undefined): string[] {
  const { address, strategy, schedules, signatures } = part;
  return [
    '',
    `${address}: ${plural(schedules, 'schedule')} of ${strategy}`,
    ...signatures.flatMap(({ signature, report, count: times, lowestSeeds }) => [
      `  ${report ? 'report ' : ''}${signature}: ${count(times)}`,
      ...lowestSeeds.slice(0, 1).map((seed) => `    ${replayCommand(address, strategy, seed)}`),
    ]),
    ...(judged === undefined ? [] : [`  ${judgedText(judged)}`]),
  ];
}

function judgedText({ expected, held, why }: JudgedPart): string {
  const what = expected === null ? 'no expectation declared' : `expected ${expected}`;
  return held ? `${what}: held` : `${what}: did not hold: ${why.join('; ')}`;
}
