/**
 * A new campaign with its parts, and the idempotency key that made it, in one transaction: a request
 * repeated with its key finds the campaign of the first time, whenever the process died in between.
 * Campaigns are made one after another, so that no more of them run than may.
 * The campaign starts at the least virtual time of the running ones, so it neither waits behind them nor
 * starves them. Its shards are carved later, by the feeder.
 */
import type { CampaignStop } from '@lastref/contracts';
import type { Database, Queryable, Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';
import { CREATE_CAMPAIGN_LOCK, waitForLock } from '../shards/advisory-locks.js';
import { countRunningCampaigns } from './campaigns.js';
import { keepKey, type RequestKey } from './idempotency-keys.js';
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
}

export interface CampaignRounds {
  stop: CampaignStop;
  shares: readonly StrategyShare[];
  first: readonly NewPart[];
}

export type CreateCampaignResult =
  | { kind: 'created' | 'repeated'; id: number }
  /** The key was used before, for another request. */
  | { kind: 'key-conflict' }
  | { kind: 'unknown-program'; digest: string }
  | { kind: 'too-many' };

export interface CreateOptions {
  key?: RequestKey | undefined;
  /** No campaign is created beside so many that run; one whose key is repeated is found nevertheless. */
  mostRunning?: number | undefined;
}

const STOP_BY_COUNT: CampaignStop = 'count';

/** Undoes what the transaction has written, the key above all. */
class TooManyRunning extends Error {}

async function insert(
  tx: Store & Queryable,
  campaign: NewCampaign,
  programs: readonly bigint[],
  mostRunning: number,
): Promise<number> {
  await waitForLock(tx, CREATE_CAMPAIGN_LOCK);
  if ((await countRunningCampaigns(tx)) >= mostRunning) throw new TooManyRunning();
  const { title, strategy, seedFrom, schedules, shardSize = null, rounds } = campaign;
  const { traceParent = null } = campaign;
  const { stop = STOP_BY_COUNT, shares } = rounds ?? {};
  const data = { title, strategy, seedFrom, schedules, shardSize, stop, traceParent };
  const running = { where: { state: 'running' }, _min: { virtualTime: true } } as const;
  const least = await tx.prisma.campaign.aggregate(running);
  const { id } = await tx.prisma.campaign.create({
    data: {
      ...data,
      virtualTime: least._min.virtualTime ?? 0,
      ...(shares === undefined ? {} : { shares: shares.map((share) => ({ ...share })) }),
    },
  });
  const whole = [{ strategy, seedFrom, count: schedules }];
  await insertParts(tx, safeNumber(id), campaign.programs, 0, rounds?.first ?? whole);
  if (rounds !== undefined) {
    const rows = programs.map((programId) => ({ campaignId: id, programId }));
    await tx.prisma.campaignProgram.createMany({ data: rows });
  }
  return safeNumber(id);
}

async function create(
  tx: Store & Queryable,
  campaign: NewCampaign,
  { key, mostRunning = Infinity }: CreateOptions,
): Promise<CreateCampaignResult> {
  const where = { digest: { in: [...campaign.programs] } };
  const stored = await tx.prisma.program.findMany({ where, select: { id: true, digest: true } });
  const known = new Set(stored.map((program) => program.digest));
  const missing = campaign.programs.find((digest) => !known.has(digest));
  if (missing !== undefined) return { kind: 'unknown-program', digest: missing };
  const make = (): Promise<number> =>
    insert(
      tx,
      campaign,
      stored.map((program) => program.id),
      mostRunning,
    );
  return key === undefined ? { kind: 'created', id: await make() } : keepKey(tx, key, make);
}

export async function createCampaign(
  db: Database,
  campaign: NewCampaign,
  options: CreateOptions = {},
): Promise<CreateCampaignResult> {
  try {
    return await db.prismaTransaction((tx) => create(tx, campaign, options));
  } catch (error) {
    if (error instanceof TooManyRunning) return { kind: 'too-many' };
    throw error;
  }
}
