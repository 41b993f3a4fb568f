/**
 * What the service costs, as a row: schedules per second of a campaign through PostgreSQL, Redis and one worker thread, beside
 * the same schedules by `hunt` on one thread. Where the servers do not start, the row says so.
 */
import { isRefusal, type Refusal } from '../refusal.js';
import { absent, agree, row, type Row } from '../rounds/row.js';
import { measureCampaign, type CampaignMeasurement, type Round } from '../service/measure.js';
import type { Surroundings } from '../surroundings.js';

const NAME = 'campaign through the service / CLI, one thread, nbd/buggy';
const TARGET = 0.95;
const OPTIONS = { address: 'nbd/buggy/main', rounds: 3, seconds: 30, large: 0 };
/** Both sides go by the wall clock. By themselves they wait 2 % of the time at most; a round with more than this does not count. */
const DISTURBED = 0.1;

export const serviceLeftOut = (): Row => absent(NAME, TARGET, 'left out by --quick');

export const throughService = async (surroundings: Surroundings): Promise<Row> =>
  serviceRow(await measureCampaign(OPTIONS, surroundings));

export function serviceRow(measured: Pick<CampaignMeasurement, 'rounds'> | Refusal): Row {
  if (isRefusal(measured)) return absent(NAME, TARGET, measured.message);
  const { rounds } = measured;
  for (const { ledgers } of rounds) agree(NAME, ledgers.served, ledgers.alone);
  const quiet = rounds.filter((round) => waited(round) <= DISTURBED);
  if (quiet.length === 0) return absent(NAME, TARGET, tooBusy(rounds));
  const speeds = quiet.map(({ served, alone }) => [served, alone] as const);
  return row(NAME, TARGET, 'schedules/s', speeds);
}

const waited = ({ waited: { alone, served } }: Round): number => Math.max(alone ?? 0, served ?? 0);

function tooBusy(rounds: readonly Round[]): string {
  const least = Math.round(100 * Math.min(...rounds.map(waited)));
  return `other programs kept the machine busy: something waited for a processor ${least} % of the time or more`;
}
