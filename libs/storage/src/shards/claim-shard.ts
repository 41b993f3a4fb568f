/**
 * Leases one shard. A shard is free if it is pending or queued, or leased with a lease that has expired;
 * its campaign must run and its program's semantics be one this worker implements. A shard that has lost many leases is
 * leased only to who runs it alone, and not at all once they are too many: the sweep quarantines it. Each lease has its own
 * epoch. No row means that there is nothing to do: somebody has it, or it has ended.
 * Raw, because a claim is one statement that decides and takes.
 */
import type { Queryable } from '../database/database.js';
import { char, int4, int8, statement, text } from '../database/statement.js';
import { LOST_BEFORE_ALONE, LOST_LEASES, LOST_MESSAGE } from '../limits.js';

export interface Claim {
  shard: number;
  worker: string;
  leaseMs: number;
  semantics: readonly number[];
  /** Nothing else runs in this process: what kills it is this shard. */
  alone: boolean;
}

export interface ClaimedShard {
  shard: number;
  campaign: number;
  epoch: number;
  programId: number;
  program: string;
  address: string;
  strategy: string;
  seedFrom: number;
  count: number;
}

const SQL = statement(
  {
    shard: int8,
    campaign: int8,
    epoch: int4,
    programId: int8,
    program: char,
    address: text,
    strategy: text,
    seedFrom: int8,
    count: int8,
  },
  `
  WITH claimed AS (
    UPDATE shard s
       SET state = 'leased', epoch = s.epoch + 1, owner = $2, queued_at = NULL,
           lease_expires_at = now() + $3 * interval '1 millisecond',
           lost_leases = s.lost_leases + (s.state = 'leased')::int4
      FROM campaign c, program g
     WHERE s.id = $1 AND c.id = s.campaign_id AND g.id = s.program_id
       AND c.state = 'running' AND g.semantics = ANY($4::int4[])
       AND (s.state IN ('pending', 'queued')
            OR (s.state = 'leased' AND s.lease_expires_at < now()))
       AND s.lost_leases + (s.state = 'leased')::int4 < $5::int4
    RETURNING s.id AS shard, s.campaign_id AS campaign, s.epoch, g.id AS "programId", g.digest AS program, g.address,
              s.strategy, s.seed_from AS "seedFrom", s.count
  ), lost AS (
    UPDATE shard_attempt a SET outcome = 'lost', ended_at = now(), message = $6
      FROM claimed
     WHERE a.shard_id = claimed.shard AND a.outcome = 'running'
  ), attempt AS (
    INSERT INTO shard_attempt (shard_id, epoch, worker_id)
    SELECT shard, epoch, $2 FROM claimed
  )
  SELECT * FROM claimed`,
);

export async function claimShard(db: Queryable, claim: Claim): Promise<ClaimedShard | null> {
  const { shard, worker, leaseMs, semantics, alone } = claim;
  const lostBelow = alone ? LOST_LEASES : LOST_BEFORE_ALONE;
  const [row] = await db.run(SQL, [shard, worker, leaseMs, semantics, lostBelow, LOST_MESSAGE]);
  return row ?? null;
}
