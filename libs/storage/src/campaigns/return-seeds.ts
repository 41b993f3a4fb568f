/**
 * Gives back the seeds that a campaign which goes on took and will not run: the next night begins at the lowest of them, so that
 * nights leave no gap. Some above it may run twice, which counts nothing twice in any ledger. Seeds that another campaign
 * has gone on from meanwhile stay taken. To be called when shards are cancelled and before the parts are cut short.
 * Raw, because it compares columns of parts, shards and cursors with each other.
 */
import type { Queryable } from '../database/database.js';
import { statement } from '../database/statement.js';

const SQL = statement(
  {},
  `
  UPDATE seed_cursor c
     SET next = left_over.next
    FROM (SELECT p.program_id, p.strategy, p.seed_end,
                 least(p.seed_next, (SELECT min(s.seed_from) FROM shard s
                                      WHERE s.part_id = p.id AND s.state = 'cancelled')) AS next
            FROM campaign_part p
            JOIN campaign g ON g.id = p.campaign_id AND g.continues
           WHERE p.campaign_id = $1) AS left_over
   WHERE c.program_id = left_over.program_id AND c.strategy = left_over.strategy
     AND c.next = left_over.seed_end`,
);

export async function returnSeeds(tx: Queryable, campaign: number): Promise<void> {
  await tx.run(SQL, [campaign]);
}
