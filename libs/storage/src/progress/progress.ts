/**
 * How far the running campaigns are: campaigns, and their shards by state.
 * Raw, because only literal states let the planner use the small indexes of open shards.
 */
import type { Queryable } from '../database/database.js';
import { float8, int4, statement } from '../database/statement.js';

export interface Progress {
  campaignsRunning: number;
  shards: { pending: number; queued: number; leased: number; done: number; quarantined: number };
  /** Leases that have not expired: somebody is at work. */
  liveLeases: number;
  oldestQueuedMs: number;
}

const SQL = statement(
  {
    running: int4,
    pending: int4,
    queued: int4,
    leased: int4,
    done: int4,
    quarantined: int4,
    liveLeases: int4,
    oldestQueuedMs: float8,
  },
  `
  SELECT (SELECT count(*) FROM campaign WHERE state = 'running')::int4 AS running,
         (SELECT count(*) FROM shard WHERE state = 'pending')::int4 AS pending,
         (SELECT count(*) FROM shard WHERE state = 'queued')::int4 AS queued,
         (SELECT count(*) FROM shard WHERE state = 'leased')::int4 AS leased,
         (SELECT count(*) FROM shard
           WHERE state = 'leased' AND lease_expires_at > now())::int4 AS "liveLeases",
         coalesce((SELECT round(1000 * extract(epoch FROM now() - min(queued_at))) FROM shard
                    WHERE state = 'queued'), 0)::float8 AS "oldestQueuedMs",
         coalesce(sum(p.shards_done), 0)::int4 AS done,
         coalesce(sum(p.shards_quarantined), 0)::int4 AS quarantined
    FROM campaign c
    JOIN campaign_part p ON p.campaign_id = c.id
   WHERE c.state = 'running'`,
);

export async function readProgress(db: Queryable): Promise<Progress> {
  const [row] = await db.run(SQL);
  const { liveLeases = 0, oldestQueuedMs = 0 } = row ?? {};
  const { running = 0, pending = 0, queued = 0, leased = 0, done = 0, quarantined = 0 } = row ?? {};
  const shards = { pending, queued, leased, done, quarantined };
  return { campaignsRunning: running, shards, liveLeases, oldestQueuedMs };
}
