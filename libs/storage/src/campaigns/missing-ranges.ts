/**
 * The seed ranges an incomplete campaign lacks, with the messages of the attempts that failed or were lost.
 * Raw, because only a literal state lets the planner use the small index of quarantined shards.
 */
import type { Queryable } from '../database/database.js';
import { char, int8, statement, text, texts } from '../database/statement.js';

export interface MissingRange {
  shard: number;
  program: string;
  strategy: string;
  seedFrom: number;
  count: number;
  messages: string[];
}

const SQL = statement(
  { shard: int8, program: char, strategy: text, seedFrom: int8, count: int8, messages: texts },
  `
  SELECT s.id AS shard, g.digest AS program, s.strategy, s.seed_from AS "seedFrom", s.count,
         ARRAY(SELECT coalesce(a.message, '') FROM shard_attempt a
                WHERE a.shard_id = s.id AND a.outcome IN ('failed', 'lost') ORDER BY a.epoch) AS messages
    FROM shard s
    JOIN program g ON g.id = s.program_id
   WHERE s.campaign_id = $1 AND s.state = 'quarantined'
   ORDER BY s.part_id, s.seed_from
   LIMIT $2`,
);

export function listMissingRanges(
  db: Queryable,
  campaign: number,
  limit: number,
): Promise<MissingRange[]> {
  return db.run(SQL, [campaign, limit]);
}
