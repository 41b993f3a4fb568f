/**
 * Starts the campaigns of one due time, in the transaction that decides on it: the night's own, over what is stored now under the
 * names of the nightly, and that of its canaries. Where that cannot be, the due time has failed and says why.
 */
import type { Queryable, Store } from '../database/database.js';
import { insertCampaign, type NewCampaign } from '../campaigns/insert-campaign.js';
import { listCurrentPrograms } from '../programs/list-current-programs.js';
import type { StoredNightly } from './nightlies.js';
import { programsUnder } from './programs-under.js';

/** What storage does not know: cron, strategies, programs whose answers are known. */
export interface NightPlan {
  /** Due times from `nextDueAt` to now, newest first. */
  readonly dueSince: (nightly: StoredNightly, now: Date) => readonly Date[];
  readonly nextDue: (nightly: Pick<StoredNightly, 'cron' | 'zone'>, now: Date) => Date;
  readonly campaignOf: (nightly: StoredNightly, programs: readonly string[]) => NewCampaign;
  /** Over programs that are stored. */
  readonly canariesOf: (nightly: StoredNightly) => NewCampaign;
  readonly mostRunning: number;
  readonly mostPrograms: number;
}

export type StartedNight =
  | {
      state: 'started';
      campaignId: number;
      canaryCampaignId: number;
      canary: 'waiting';
      startedAt: Date;
      deadlineAt: Date;
      canaryDeadlineAt: Date;
    }
  | { state: 'failed'; message: string };

const MINUTE_MS = 60_000;
const after = (start: Date, minutes: number): Date =>
  new Date(start.getTime() + minutes * MINUTE_MS);

const failed = (message: string): StartedNight => ({ state: 'failed', message });

export async function startNight(
  tx: Store & Queryable,
  nightly: StoredNightly,
  plan: NightPlan,
  now: Date,
): Promise<StartedNight> {
  const programs = programsUnder(nightly.programs, await listCurrentPrograms(tx));
  if (programs.length === 0) {
    return failed(`no program is stored under ${nightly.programs.join(', ')}; push some`);
  }
  if (programs.length > plan.mostPrograms) {
    return failed(`it names ${programs.length} programs; ${plan.mostPrograms} are the most`);
  }
  // Two campaigns: there is room for both, or for none.
  const { mostRunning } = plan;
  const digests = programs.map(({ digest }) => digest);
  const night = await insertCampaign(tx, plan.campaignOf(nightly, digests), mostRunning - 1);
  if (night === null) {
    return failed(`${mostRunning} campaigns run already, which is the most; cancel some`);
  }
  const canaries = await insertCampaign(tx, plan.canariesOf(nightly), Infinity);
  if (canaries === null) throw new Error('there is no limit here');
  const { deadlineMinutes, canaryMinutes } = nightly;
  return {
    state: 'started',
    campaignId: night,
    canaryCampaignId: canaries,
    canary: 'waiting',
    startedAt: now,
    deadlineAt: deadlineMinutes === null ? plan.nextDue(nightly, now) : after(now, deadlineMinutes),
    canaryDeadlineAt: after(now, canaryMinutes),
  };
}
