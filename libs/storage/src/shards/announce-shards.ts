/**
 * Takes pending shards for announcement: each gets a new delivery number, which makes its job id one the
 * queue has never seen (a kept finished job with the same id would swallow it). If the process dies
 * before the jobs are added, the reconciler finds the rows queued without a job and gives them back.
 * Raw, because Prisma does not skip locked rows.
 */
import type { ShardJob } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { char, int4, int8, statement, text } from '../database/statement.js';

const SQL = statement(
  {
    shard: int8,
    delivery: int4,
    program: char,
    address: text,
    strategy: text,
    seedFrom: int8,
    count: int8,
  },
  `
  WITH chosen AS (
    SELECT s.id
      FROM shard s
      JOIN campaign c ON c.id = s.campaign_id
     WHERE s.state = 'pending' AND c.state = 'running'
     ORDER BY s.id
     LIMIT greatest($1::int8 - (SELECT count(*) FROM shard WHERE state = 'queued'), 0)
       FOR NO KEY UPDATE OF s SKIP LOCKED
  ), queued AS (
    UPDATE shard s
       SET state = 'queued', deliveries = s.deliveries + 1, queued_at = now()
      FROM chosen
     WHERE s.id = chosen.id
    RETURNING s.*
  )
  SELECT q.id AS shard, q.deliveries AS delivery, g.digest AS program, g.address, q.strategy,
         q.seed_from AS "seedFrom", q.count
    FROM queued q
    JOIN program g ON g.id = q.program_id
   ORDER BY q.id`,
);

/** Announces until at most `target` shards are queued. */
export function announceShards(db: Queryable, target: number): Promise<ShardJob[]> {
  return db.run(SQL, [target]);
}
