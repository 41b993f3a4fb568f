/**
 * Takes pending shards for announcement: each gets a new delivery number, which makes its job id one the
 * queue has never seen (a kept finished job with the same id would swallow it). If the process dies
 * before the jobs are added, the reconciler finds the rows queued without a job and gives them back. Only shards that a
 * live worker can run are announced, and only these count: the others would hold every place of the queue. Shards that were leased
before come first, and however full the queue is: they have waited for a lease to expire.
 * Raw, because Prisma does not skip locked rows.
 */
import type { ShardJob } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { bool, char, int4, int8, orNull, statement, text } from '../database/statement.js';
import { LOST_BEFORE_ALONE } from '../limits.js';

const SQL = statement(
  {
    shard: int8,
    delivery: int4,
    program: char,
    address: text,
    strategy: text,
    seedFrom: int8,
    count: int8,
    alone: bool,
    campaign: int8,
    traceParent: orNull(text),
    again: bool,
    audit: bool,
  },
  `
  WITH chosen AS (
    SELECT s.id
      FROM shard s
      JOIN campaign c ON c.id = s.campaign_id
      JOIN program g ON g.id = s.program_id AND g.semantics = ANY($2::int4[])
     WHERE s.state = 'pending' AND c.state = 'running'
     ORDER BY s.epoch = 0, s.id
     LIMIT greatest($1::int8 - (SELECT count(*)
                                  FROM shard q
                                  JOIN program g ON g.id = q.program_id
                                 WHERE q.state = 'queued' AND g.semantics = ANY($2::int4[])),
                    (SELECT count(*)
                       FROM shard r
                       JOIN campaign c ON c.id = r.campaign_id
                       JOIN program g ON g.id = r.program_id
                      WHERE r.state = 'pending' AND r.epoch > 0 AND c.state = 'running'
                        AND g.semantics = ANY($2::int4[])))
       FOR NO KEY UPDATE OF s SKIP LOCKED
  ), queued AS (
    UPDATE shard s
       SET state = 'queued', deliveries = s.deliveries + 1, queued_at = now()
      FROM chosen
     WHERE s.id = chosen.id
    RETURNING s.*
  )
  SELECT q.id AS shard, q.deliveries AS delivery, g.digest AS program, g.address, q.strategy,
         q.seed_from AS "seedFrom", q.count, q.lost_leases >= $3::int4 AS alone,
         q.epoch > 0 AS again, false AS audit, q.campaign_id AS campaign, c.trace_parent AS "traceParent"
    FROM queued q
    JOIN campaign c ON c.id = q.campaign_id
    JOIN program g ON g.id = q.program_id
   ORDER BY q.id`,
);

/** Announces until at most `target` shards of these semantics are queued. */
export function announceShards(
  db: Queryable,
  target: number,
  semantics: readonly number[],
): Promise<ShardJob[]> {
  return db.run(SQL, [target, semantics, LOST_BEFORE_ALONE]);
}
