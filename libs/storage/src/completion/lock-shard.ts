/**
 * Locks the shard for its completion and reads, in statements of their own after the lock (one statement
 * would see the moment before it waited), what was counted and whether the campaign still takes results.
 * Raw, because Prisma takes no row locks.
 */
import type { Queryable } from '../database/database.js';
import { char, int8, oneOf, statement, text } from '../database/statement.js';

export interface LockedShard {
  shard: number;
  state: 'pending' | 'queued' | 'leased' | 'done' | 'quarantined' | 'cancelled';
  campaign: number;
  part: number;
  program: number;
  scenario: string;
  variant: string;
  strategy: string;
  count: number;
}

const LOCK = statement(
  {
    shard: int8,
    state: oneOf('pending', 'queued', 'leased', 'done', 'quarantined', 'cancelled'),
    campaign: int8,
    part: int8,
    program: int8,
    scenario: text,
    variant: text,
    strategy: text,
    count: int8,
  },
  `
  SELECT s.id AS shard, s.state::text, s.campaign_id AS campaign, s.part_id AS part,
         s.program_id AS program, g.scenario, g.variant, s.strategy, s.count
    FROM shard s
    JOIN program g ON g.id = s.program_id
   WHERE s.id = $1
     FOR NO KEY UPDATE OF s`,
);

const COUNTED = statement({ digest: char }, `SELECT digest FROM shard_result WHERE shard_id = $1`);

const LOCK_CAMPAIGN = statement(
  { state: text },
  `SELECT state::text FROM campaign WHERE id = $1 FOR SHARE`,
);

export async function lockShard(tx: Queryable, shard: number): Promise<LockedShard | null> {
  const [row] = await tx.run(LOCK, [shard]);
  return row ?? null;
}

export async function countedDigest(tx: Queryable, shard: number): Promise<string | null> {
  const [row] = await tx.run(COUNTED, [shard]);
  return row?.digest ?? null;
}

/** Holds the campaign in its state until the transaction ends. */
export async function isCampaignRunning(tx: Queryable, campaign: number): Promise<boolean> {
  const [row] = await tx.run(LOCK_CAMPAIGN, [campaign]);
  return row?.state === 'running';
}
