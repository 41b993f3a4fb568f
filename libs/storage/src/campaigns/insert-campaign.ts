/**
 * Writes a campaign with its parts, in a transaction of the caller's. Campaigns are made one after another, so that no more of
 * them run than may. A campaign starts at the least virtual time of the running ones, so it neither waits behind them
 * nor starves them. Its shards are carved later, by the feeder.
 */
import type { CampaignStop } from '@lastref/contracts';
import type { Queryable, Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import { CREATE_CAMPAIGN_LOCK, waitForLock } from '../shards/advisory-locks.js';
import { countRunningCampaigns } from './campaigns.js';
import { continueParts } from './continue-parts.js';
import { insertParts, type NewPart } from './insert-parts.js';
import type { StrategyShare } from './rounds.js';

export interface NewCampaign {
  title: string;
  /** Digests of stored programs. */
  programs: readonly string[];
  /** As asked for: one strategy, or a name for several in rounds. */
  strategy: string;
  seedFrom: number;
  /** Schedules of each program; the most, where the campaign may stop before. */
  schedules: number;
  shardSize?: number | undefined;
  /** The span of the request it began with, for the traces of its shards. */
  traceParent?: string | undefined;
  /** Where it runs in rounds; else all schedules are one part of each program. */
  rounds?: CampaignRounds | undefined;
  /** Its seeds go on where those of the last such campaign ended, program by program; `seedFrom` says nothing then. */
  continues?: boolean | undefined;
}

export interface CampaignRounds {
  stop: CampaignStop;
  shares: readonly StrategyShare[];
  first: readonly NewPart[];
}

const STOP_BY_COUNT: CampaignStop = 'count';

/** Its id, or null where as many run as may. The programs are stored: who calls has seen to that. */
export async function insertCampaign(
  tx: Store & Queryable,
  campaign: NewCampaign,
  mostRunning: number,
): Promise<number | null> {
  await waitForLock(tx, CREATE_CAMPAIGN_LOCK);
  if ((await countRunningCampaigns(tx)) >= mostRunning) return null;
  const { title, strategy, seedFrom, schedules, shardSize = null, rounds, programs } = campaign;
  const { stop = STOP_BY_COUNT, shares } = rounds ?? {};
  const { continues = false, traceParent = null } = campaign;
  const data = { title, strategy, seedFrom, schedules, shardSize, stop, continues, traceParent };
  const running = { where: { state: 'running' }, _min: { virtualTime: true } } as const;
  const least = await tx.prisma.campaign.aggregate(running);
  const { id } = await tx.prisma.campaign.create({
    data: {
      ...data,
      virtualTime: least._min.virtualTime ?? 0,
      ...(shares === undefined ? {} : { shares: shares.map((share) => ({ ...share })) }),
    },
  });
  const parts = rounds?.first ?? [{ strategy, seedFrom, count: schedules }];
  if (continues) await continueParts(tx, safeNumber(id), programs, 0, parts);
  else await insertParts(tx, safeNumber(id), programs, 0, parts);
  if (rounds !== undefined) await insertRounds(tx, id, programs);
  return safeNumber(id);
}

async function insertRounds(
  { prisma }: Store,
  campaignId: bigint,
  digests: readonly string[],
): Promise<void> {
  const where = { digest: { in: [...digests] } };
  const programs = await prisma.program.findMany({ where, select: { id: true } });
  const data = programs.map((program) => ({ campaignId, programId: program.id }));
  await prisma.campaignProgram.createMany({ data });
}
