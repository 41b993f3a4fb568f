/** What a night runs and when: the nightly's own campaign, and that of its canaries. */
import { MAX_NIGHTLY_PROGRAMS, MAX_RUNNING_CAMPAIGNS } from '@lastref/contracts';
import type { NewCampaign, NightPlan, StoredNightly } from '@lastref/storage';
import { firstRound } from '../campaigns/first-round.js';
import { dueSince, nextDue } from './schedule/due.js';

/** Of each canary: enough that the one that fails does, whatever the strategy, and over in a moment. One round. */
export const CANARY_SCHEDULES = 1_000;

export const nightPlan = (canaries: readonly string[]): NightPlan => ({
  dueSince: (nightly, now) => dueSince(nightly, nightly.nextDueAt, now),
  nextDue,
  campaignOf: (nightly, programs) => ({
    ...campaign(nightly, programs, nightly.schedules, nightly.stop),
    title: `nightly ${nightly.name}`,
    shardSize: nightly.shardSize ?? undefined,
  }),
  canariesOf: (nightly) => ({
    ...campaign(nightly, canaries, CANARY_SCHEDULES, 'count'),
    title: `canaries of ${nightly.name}`,
  }),
  mostRunning: MAX_RUNNING_CAMPAIGNS,
  mostPrograms: MAX_NIGHTLY_PROGRAMS,
});

function campaign(
  { strategy }: StoredNightly,
  programs: readonly string[],
  schedules: number,
  stop: StoredNightly['stop'],
): Omit<NewCampaign, 'title'> {
  const plan = { strategy, stop, seedFrom: 0, schedules };
  return { programs, strategy, seedFrom: 0, schedules, continues: true, rounds: firstRound(plan) };
}
