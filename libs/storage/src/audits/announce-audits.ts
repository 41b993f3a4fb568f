/**
 * Takes pending audits for announcement, as announce-shards.ts takes shards: few at a time, and only such as a live worker can run.
 * Audits of a cancelled campaign stay where they are.
 * Raw, because Prisma does not skip locked rows.
 */
import type { ShardJob } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { bool, char, int4, int8, orNull, statement, text } from '../database/statement.js';

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
    again: bool,
    audit: bool,
    campaign: int8,
    traceParent: orNull(text),
  },
  `
  WITH chosen AS (
    SELECT a.shard_id
      FROM shard_audit a
      JOIN campaign c ON c.id = a.campaign_id AND c.state <> 'cancelled'
      JOIN program g ON g.id = a.program_id AND g.semantics = ANY($2::int4[])
     WHERE a.state = 'pending'
     ORDER BY a.shard_id
     LIMIT greatest($1::int8 - (SELECT count(*) FROM shard_audit q WHERE q.state = 'queued'), 0)
       FOR UPDATE OF a SKIP LOCKED
  ), queued AS (
    UPDATE shard_audit a SET state = 'queued', deliveries = a.deliveries + 1, queued_at = now()
      FROM chosen
     WHERE a.shard_id = chosen.shard_id
    RETURNING a.shard_id, a.deliveries
  )
  SELECT s.id AS shard, q.deliveries AS delivery, g.digest AS program, g.address, s.strategy,
         s.seed_from AS "seedFrom", s.count, false AS alone, false AS again, true AS audit,
         s.campaign_id AS campaign, c.trace_parent AS "traceParent"
    FROM queued q
    JOIN shard s ON s.id = q.shard_id
    JOIN campaign c ON c.id = s.campaign_id
    JOIN program g ON g.id = s.program_id
   ORDER BY s.id`,
);

/** Announces until at most `target` audits are queued. */
export function announceAudits(
  db: Queryable,
  target: number,
  semantics: readonly number[],
): Promise<ShardJob[]> {
  return db.run(SQL, [target, semantics]);
}
