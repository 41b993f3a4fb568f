/**
 * What a doctor asks a database: its version and clock, which migrations it has had, how full it is, and whether campaigns
 * wait for an engine that no live worker has.
 * Raw, because nearly all of it is the server's own and not of the schema.
 */
import type { Queryable } from '../database/database.js';
import {
  bool,
  float8,
  int4,
  int4s,
  orNull,
  statement,
  text,
  texts,
  timestamp,
} from '../database/statement.js';
import { WORKER_ALIVE_MS } from '../workers/workers.js';

export interface DatabaseFacts {
  version: string;
  now: Date;
  readOnly: boolean;
  zone: string;
  bytes: number;
  connections: number;
  mostConnections: number;
  /** Names of the migrations that were applied, oldest first. */
  migrations: string[];
  unfinishedMigrations: number;
  /** Semantics of running campaigns that no live worker implements. */
  waitingSemantics: number[];
  /** Versions of the live workers. */
  workerVersions: string[];
  openIncidents: number;
  quarantinedShards: number;
  failedShrinks: number;
}

const SQL = statement(
  {
    version: text,
    now: timestamp,
    readOnly: bool,
    zone: text,
    bytes: float8,
    connections: int4,
    mostConnections: int4,
    migrations: orNull(texts),
    unfinishedMigrations: int4,
    waitingSemantics: orNull(int4s),
    workerVersions: orNull(texts),
    openIncidents: int4,
    quarantinedShards: int4,
    failedShrinks: int4,
  },
  `
  SELECT current_setting('server_version') AS version, clock_timestamp() AS now,
         pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool AS "readOnly",
         current_setting('TimeZone') AS zone,
         pg_database_size(current_database())::float8 AS bytes,
         (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::int4
           AS connections,
         current_setting('max_connections')::int4 AS "mostConnections",
         ARRAY(SELECT migration_name::text FROM _prisma_migrations
                WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1) AS migrations,
         (SELECT count(*) FROM _prisma_migrations
           WHERE finished_at IS NULL AND rolled_back_at IS NULL)::int4 AS "unfinishedMigrations",
         ARRAY(SELECT DISTINCT g.semantics
                 FROM campaign c
                 JOIN campaign_part p ON p.campaign_id = c.id
                 JOIN program g ON g.id = p.program_id
                WHERE c.state = 'running' AND p.shards_done < p.shards_carved + (p.seed_next < p.seed_end)::int4
                  AND g.semantics NOT IN (
                    SELECT unnest(semantics) FROM worker
                     WHERE stopped_at IS NULL AND seen_at > now() - $1 * interval '1 millisecond'))
           AS "waitingSemantics",
         ARRAY(SELECT DISTINCT version FROM worker
                WHERE stopped_at IS NULL AND seen_at > now() - $1 * interval '1 millisecond'
                ORDER BY 1) AS "workerVersions",
         (SELECT count(*) FROM incident WHERE state = 'open')::int4 AS "openIncidents",
         (SELECT coalesce(sum(p.shards_quarantined), 0)
            FROM campaign c JOIN campaign_part p ON p.campaign_id = c.id
           WHERE c.state = 'running')::int4 AS "quarantinedShards",
         (SELECT count(*) FROM outbox WHERE state = 'failed')::int4 AS "failedShrinks"`,
);

export async function readDatabaseFacts(db: Queryable): Promise<DatabaseFacts> {
  const [row] = await db.run(SQL, [WORKER_ALIVE_MS]);
  if (row === undefined) throw new Error('a statement without a source of rows gave none');
  const { migrations, waitingSemantics, workerVersions } = row;
  return {
    ...row,
    migrations: migrations ?? [],
    waitingSemantics: waitingSemantics ?? [],
    workerVersions: workerVersions ?? [],
  };
}
