/**
 * Leases one audit to a worker other than the one whose result was counted. Where no other is alive that can run it, the same
 * worker gets it and is told to use another thread; the row says which. No row: there is nothing to do here; one that belongs
 * elsewhere is pending again, to be announced to whoever comes.
 * Raw, because a claim is one statement that decides and takes.
 */
import type { Queryable } from '../database/database.js';
import { char, int4, int8, oneOf, statement, text } from '../database/statement.js';
import { LOST_LEASES } from '../limits.js';
import type { ClaimedShard } from '../shards/claim-shard.js';
import { WORKER_ALIVE_MS } from '../workers/workers.js';

export interface AuditClaim {
  shard: number;
  worker: string;
  leaseMs: number;
  semantics: readonly number[];
}

export type Place = 'another worker' | 'another thread';

export interface ClaimedAudit extends ClaimedShard {
  place: Place;
}

const OTHER_ALIVE = `
  EXISTS (SELECT FROM worker w
           WHERE w.id <> a.counted_by AND w.stopped_at IS NULL AND g.semantics = ANY(w.semantics)
             AND w.seen_at > now() - $6 * interval '1 millisecond')`;

const CLAIM = statement(
  {
    shard: int8,
    epoch: int4,
    programId: int8,
    program: char,
    address: text,
    strategy: text,
    seedFrom: int8,
    count: int8,
    campaign: int8,
    place: oneOf('another worker', 'another thread'),
  },
  `
  UPDATE shard_audit a
     SET state = 'leased', epoch = a.epoch + 1, owner = $2, queued_at = NULL,
         lease_expires_at = now() + $3 * interval '1 millisecond',
         lost_leases = a.lost_leases + (a.state = 'leased')::int4,
         place = CASE WHEN a.counted_by = $2 THEN 'another thread' ELSE 'another worker' END
    FROM shard s, program g, campaign c
   WHERE a.shard_id = $1 AND s.id = a.shard_id AND g.id = s.program_id AND c.id = s.campaign_id
     AND c.state <> 'cancelled' AND g.semantics = ANY($4::int4[])
     AND (a.state IN ('pending', 'queued') OR (a.state = 'leased' AND a.lease_expires_at < now()))
     AND a.lost_leases + (a.state = 'leased')::int4 < $5::int4
     AND (a.counted_by <> $2 OR NOT ${OTHER_ALIVE})
  RETURNING s.id AS shard, a.epoch, g.id AS "programId", g.digest AS program, g.address, s.strategy,
            s.seed_from AS "seedFrom", s.count, s.campaign_id AS campaign,
            CASE WHEN a.counted_by = $2 THEN 'another thread' ELSE 'another worker' END AS place`,
);

const PASS_ON = statement(
  {},
  `
  UPDATE shard_audit SET state = 'pending', queued_at = NULL
   WHERE shard_id = $1 AND counted_by = $2 AND state = 'queued'`,
);

export async function claimAudit(db: Queryable, claim: AuditClaim): Promise<ClaimedAudit | null> {
  const { shard, worker, leaseMs, semantics } = claim;
  const [row] = await db.run(CLAIM, [
    shard,
    worker,
    leaseMs,
    semantics,
    LOST_LEASES,
    WORKER_ALIVE_MS,
  ]);
  if (row === undefined) await db.run(PASS_ON, [shard, worker]);
  return row ?? null;
}
