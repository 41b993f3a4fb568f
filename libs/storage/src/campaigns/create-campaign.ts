/**
 * A new campaign with its parts, and the idempotency key that made it, in one transaction: a request
 * repeated with its key finds the campaign of the first time, whenever the process died in between.
 * The campaign starts at the least virtual time of the running ones, so it neither waits behind them nor
 * starves them. Its shards are carved later, by the feeder.
 */
import type { CampaignStop } from '@lastref/contracts';
import type { Database, Queryable } from '../database/database.js';
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
  | { kind: 'unknown-program'; digest: string };

const INSERT_CAMPAIGN = `
  INSERT INTO campaign (title, strategy, stop, shares, seed_from, schedules, shard_size, virtual_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7,
          coalesce((SELECT min(virtual_time) FROM campaign WHERE state = 'running'), 0))
  RETURNING id`;

const INSERT_PROGRAMS = `
  INSERT INTO campaign_program (campaign_id, program_id)
  SELECT $1, program.id FROM program WHERE program.digest = ANY($2::text[])`;

const FIND_MISSING = `
  SELECT wanted.digest
    FROM unnest($1::text[]) AS wanted (digest)
   WHERE NOT EXISTS (SELECT FROM program WHERE program.digest = wanted.digest)
   LIMIT 1`;

const STOP_BY_COUNT: CampaignStop = 'count';

async function insert(tx: Queryable, campaign: NewCampaign): Promise<number> {
  const { title, programs, strategy, seedFrom, schedules, shardSize, rounds } = campaign;
  const [row] = await tx.query<{ id: number }>(INSERT_CAMPAIGN, [
    title,
    strategy,
    JSON.stringify(rounds?.stop ?? STOP_BY_COUNT),
    rounds === undefined ? null : JSON.stringify(rounds.shares),
    seedFrom,
    schedules,
    shardSize ?? null,
  ]);
  if (row === undefined) throw new Error('INSERT ... RETURNING gave no row');
  const whole = [{ strategy, seedFrom, count: schedules }];
  await insertParts(tx, row.id, programs, 0, rounds?.first ?? whole);
  if (rounds !== undefined) await tx.query(INSERT_PROGRAMS, [row.id, programs]);
  return row.id;
}

export function createCampaign(
  db: Database,
  campaign: NewCampaign,
  key?: RequestKey,
): Promise<CreateCampaignResult> {
  return db.transaction(async (tx): Promise<CreateCampaignResult> => {
    const [missing] = await tx.query<{ digest: string }>(FIND_MISSING, [campaign.programs]);
    if (missing !== undefined) return { kind: 'unknown-program', digest: missing.digest };
    if (key === undefined) return { kind: 'created', id: await insert(tx, campaign) };
    const kept = await keepKey(tx, key, () => insert(tx, campaign));
    return kept;
  });
}
