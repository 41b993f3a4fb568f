/**
 * Records a reported failure of one lease (an error in the thread, its memory limit, the watchdog). The
 * third quarantines the shard with its messages; until then it is pending again. A failure reported under
 * an older epoch changes nothing.
 * Raw, because counting and judging the count are one statement.
 */
import type { Queryable } from '../database/database.js';
import { MESSAGE_LENGTH, REPORTED_FAILURES } from '../limits.js';
import type { Lease } from './renew-leases.js';
import { oneOf, statement } from '../database/statement.js';

const SQL = statement(
  { state: oneOf('pending', 'quarantined') },
  `
  WITH failed AS (
    UPDATE shard s
       SET reported_failures = s.reported_failures + 1, owner = NULL, lease_expires_at = NULL,
           state = CASE WHEN s.reported_failures + 1 >= $5 THEN 'quarantined'::shard_state
                        ELSE 'pending' END
     WHERE s.id = $1 AND s.epoch = $2 AND s.owner = $3 AND s.state = 'leased'
    RETURNING s.id, s.part_id, s.epoch, s.state
  ), attempt AS (
    UPDATE shard_attempt a SET outcome = 'failed', ended_at = now(), message = $4
      FROM failed
     WHERE a.shard_id = failed.id AND a.epoch = failed.epoch
  ), part AS (
    UPDATE campaign_part p SET shards_quarantined = p.shards_quarantined + 1
      FROM failed
     WHERE p.id = failed.part_id AND failed.state = 'quarantined'
  )
  SELECT state::text FROM failed`,
);

/** The state it left the shard in, or null if the lease was no longer held. */
export async function failShard(
  db: Queryable,
  worker: string,
  { shard, epoch }: Lease,
  message: string,
): Promise<'pending' | 'quarantined' | null> {
  const [row] = await db.run(SQL, [
    shard,
    epoch,
    worker,
    message.slice(0, MESSAGE_LENGTH),
    REPORTED_FAILURES,
  ]);
  return row?.state ?? null;
}
