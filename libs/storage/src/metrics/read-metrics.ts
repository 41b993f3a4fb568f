/**
 * Everything that is counted, in one statement, as of now: a scrape costs one query, and what it reads survives every
 * restart. Counters are sums over parts, bugs and shrinks, never over failures or finished shards; open shards are counted
 * by their small indexes.
 * Raw, because Prisma has no statement of many counts, and ages are by the database's clock.
 */
import type { Queryable } from '../database/database.js';
import { float8, int4, type RowOf, statement } from '../database/statement.js';
import { WORKER_ALIVE_MS } from '../workers/workers.js';

const SQL = statement(
  {
    campaignsRunning: int4,
    campaignsDone: int4,
    campaignsIncomplete: int4,
    campaignsCancelled: int4,
    schedules: float8,
    steps: float8,
    failing: float8,
    cut: float8,
    shardsDone: float8,
    shardsQuarantined: float8,
    shardsPending: int4,
    shardsQueued: int4,
    shardsLeased: int4,
    oldestQueuedSeconds: float8,
    workersAlive: int4,
    threadsAlive: int4,
    bugs: int4,
    incidents: int4,
    incidentsOpen: int4,
    shrinksWaiting: int4,
    shrinksSent: int4,
    shrinksDone: int4,
    shrinksFailed: int4,
  },
  `
  SELECT c.*, p.*, o.*, w.*,
         (SELECT count(*) FROM shard WHERE state = 'pending')::int4 AS "shardsPending",
         (SELECT count(*) FROM shard WHERE state = 'queued')::int4 AS "shardsQueued",
         (SELECT count(*) FROM shard WHERE state = 'leased')::int4 AS "shardsLeased",
         coalesce((SELECT extract(epoch FROM now() - min(queued_at)) FROM shard
                    WHERE state = 'queued'), 0)::float8 AS "oldestQueuedSeconds",
         (SELECT count(*) FROM bug)::int4 AS bugs,
         (SELECT count(*) FROM incident)::int4 AS incidents,
         (SELECT count(*) FROM incident WHERE state = 'open')::int4 AS "incidentsOpen"
    FROM (SELECT count(*) FILTER (WHERE state = 'running')::int4 AS "campaignsRunning",
                 count(*) FILTER (WHERE state = 'done')::int4 AS "campaignsDone",
                 count(*) FILTER (WHERE state = 'incomplete')::int4 AS "campaignsIncomplete",
                 count(*) FILTER (WHERE state = 'cancelled')::int4 AS "campaignsCancelled"
            FROM campaign) c,
         (SELECT coalesce(sum(schedules), 0)::float8 AS schedules,
                 coalesce(sum(steps), 0)::float8 AS steps,
                 coalesce(sum(failing), 0)::float8 AS failing,
                 coalesce(sum(cut), 0)::float8 AS cut,
                 coalesce(sum(shards_done), 0)::float8 AS "shardsDone",
                 coalesce(sum(shards_quarantined), 0)::float8 AS "shardsQuarantined"
            FROM campaign_part) p,
         (SELECT count(*) FILTER (WHERE state = 'waiting')::int4 AS "shrinksWaiting",
                 count(*) FILTER (WHERE state = 'sent')::int4 AS "shrinksSent",
                 count(*) FILTER (WHERE state = 'done')::int4 AS "shrinksDone",
                 count(*) FILTER (WHERE state = 'failed')::int4 AS "shrinksFailed"
            FROM outbox) o,
         (SELECT count(*)::int4 AS "workersAlive", coalesce(sum(threads), 0)::int4 AS "threadsAlive"
            FROM worker
           WHERE stopped_at IS NULL AND seen_at > now() - $1 * interval '1 millisecond') w`,
);

export type StoredMetrics = RowOf<(typeof SQL)['columns']>;

export async function readMetrics(db: Queryable): Promise<StoredMetrics> {
  const [row] = await db.run(SQL, [WORKER_ALIVE_MS]);
  if (row === undefined) throw new Error('a statement without a source of rows gave none');
  return row;
}
