/** What a campaign leaves in the servers, and what the servers are: asked of them directly, beside the service. */
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Addresses } from './own-service.js';

/** What there is of a shard, and what is kept of failures (at most 1,000 per strategy and signature), with their indexes. */
const SHARD_TABLES = ['shard', 'shard_attempt', 'shard_result'];
const FAILURE_TABLES = ['failure'];
const total = (tables: readonly string[]): string =>
  tables.map((table) => `pg_total_relation_size('${table}')`).join(' + ');

export interface Sizes {
  readonly redis: number;
  readonly database: number;
  readonly ofShards: number;
  readonly ofFailures: number;
  readonly shards: number;
}

/** Bytes that Redis uses and that the database takes, and the rows of shards in it. */
export async function sizesOf({ databaseUrl, redisUrl }: Addresses): Promise<Sizes> {
  const info = await redis(redisUrl, (client) => client.info('memory'));
  const row = await oneRow<Omit<Sizes, 'redis'>>(
    databaseUrl,
    `SELECT pg_database_size(current_database())::float8 AS database,
            (${total(SHARD_TABLES)})::float8 AS "ofShards", (${total(FAILURE_TABLES)})::float8 AS "ofFailures",
            (SELECT count(*) FROM shard)::int4 AS shards`,
  );
  return { redis: Number(/used_memory:([0-9]+)/.exec(info)?.[1]), ...row };
}

/** Seconds that the thread sampled for a campaign, as it says itself. */
export async function busyOf({ databaseUrl }: Addresses, campaign: number): Promise<number> {
  const text = `SELECT coalesce(sum(r.elapsed_ms), 0)::float8 / 1000 AS busy
                  FROM shard_result r JOIN shard s ON s.id = r.shard_id WHERE s.campaign_id = $1`;
  const { busy } = await oneRow<{ busy: number }>(databaseUrl, text, [campaign]);
  return busy;
}

export interface Versions {
  readonly redis: string;
  readonly postgres: string;
}

export async function versionsOf({ databaseUrl, redisUrl }: Addresses): Promise<Versions> {
  const info = await redis(redisUrl, (client) => client.info('server'));
  const text = `SELECT current_setting('server_version') AS version`;
  const { version } = await oneRow<{ version: string }>(databaseUrl, text);
  return { redis: /redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown', postgres: version };
}

async function redis<T>(url: string, ask: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url);
  try {
    return await ask(client);
  } finally {
    client.disconnect();
  }
}

async function oneRow<R extends pg.QueryResultRow>(
  connectionString: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<R> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<R>(text, [...values]);
    const [row] = rows;
    if (row === undefined) throw new Error('the database answered with no row');
    return row;
  } finally {
    await client.end();
  }
}
