/**
 * A new campaign with its parts, and the idempotency key that made it, in one transaction: a request
 * repeated with its key finds the campaign of the first time, whenever the process died in between.
 * The campaign starts at the least virtual time of the running ones, so it neither waits behind them nor
 * starves them. Its shards are carved later, by the feeder.
 */
import type { Database, Queryable } from '../database/database.js';
import { keepKey, type RequestKey } from './idempotency-keys.js';

export interface NewCampaign {
  title: string;
  /** Digests of stored programs. */
  programs: readonly string[];
  strategies: readonly string[];
  seedFrom: number;
  /** Schedules of each program under each strategy. */
  schedules: number;
  shardSize?: number | undefined;
}

export type CreateCampaignResult =
  | { kind: 'created' | 'repeated'; id: number }
  /** The key was used before, for another request. */
  | { kind: 'key-conflict' }
  | { kind: 'unknown-program'; digest: string };

const INSERT_CAMPAIGN = `
  INSERT INTO campaign (title, seed_from, schedules, shard_size, virtual_time)
  VALUES ($1, $2, $3, $4,
          coalesce((SELECT min(virtual_time) FROM campaign WHERE state = 'running'), 0))
  RETURNING id`;

const INSERT_PARTS = `
  INSERT INTO campaign_part (campaign_id, program_id, strategy, seed_from, seed_next, seed_end)
  SELECT $1, program.id, strategy, $4::int8, $4::int8, $4::int8 + $5::int8
    FROM unnest($2::text[]) WITH ORDINALITY AS wanted (digest, place)
    JOIN program ON program.digest = wanted.digest
   CROSS JOIN unnest($3::text[]) AS strategy
   ORDER BY place
  ON CONFLICT DO NOTHING`;

const FIND_MISSING = `
  SELECT wanted.digest
    FROM unnest($1::text[]) AS wanted (digest)
   WHERE NOT EXISTS (SELECT FROM program WHERE program.digest = wanted.digest)
   LIMIT 1`;

async function insert(tx: Queryable, campaign: NewCampaign): Promise<number> {
  const { title, seedFrom, schedules, shardSize } = campaign;
  const [row] = await tx.query<{ id: number }>(INSERT_CAMPAIGN, [
    title,
    seedFrom,
    schedules,
    shardSize ?? null,
  ]);
  if (row === undefined) throw new Error('INSERT ... RETURNING gave no row');
  await tx.query(INSERT_PARTS, [
    row.id,
    campaign.programs,
    campaign.strategies,
    seedFrom,
    schedules,
  ]);
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
