/**
 * The one way to PostgreSQL: a pool that raw SQL and Prisma share. Every connection runs in UTC (asserted
 * when opened, because otherwise times shift by the host's zone) with a statement and a lock timeout.
 * A broken idle connection is reported and replaced; it never ends the process.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import assert from 'node:assert';
import pg from 'pg';
import { PrismaClient } from '../generated/prisma/client.js';
import { LOCK_TIMEOUT_MS, POOL_SIZE, STATEMENT_TIMEOUT_MS } from '../limits.js';
import { rowTypes } from './row-types.js';

/** Runs one statement; rows come back as plain values. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

export interface DatabaseOptions {
  url: string;
  poolSize?: number;
  onConnectionError?: (error: Error) => void;
}

/** Serves failpoints only: both make the outcome of COMMIT unknown to the caller. */
export interface CommitHooks {
  beforeCommit?: (tx: Queryable) => Promise<void>;
  afterCommit?: () => void;
}

const SESSION = [
  '-c timezone=UTC',
  `-c statement_timeout=${STATEMENT_TIMEOUT_MS}`,
  `-c lock_timeout=${LOCK_TIMEOUT_MS}`,
].join(' ');

async function run<Row extends pg.QueryResultRow>(
  runner: pg.Pool | pg.PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const result = await runner.query<Row>({ text, values: [...values], types: rowTypes });
  return result.rows;
}

export class Database implements Queryable {
  readonly prisma: PrismaClient;

  private constructor(private readonly pool: pg.Pool) {
    this.prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  }

  static async open(options: DatabaseOptions): Promise<Database> {
    const onError = options.onConnectionError ?? ((): void => undefined);
    const pool = new pg.Pool({
      connectionString: options.url,
      max: options.poolSize ?? POOL_SIZE,
      options: SESSION,
    });
    pool.on('error', onError);
    pool.on('connect', (client) => client.on('error', onError));
    const database = new Database(pool);
    try {
      const [row] = await database.query<{ zone: string }>(
        `SELECT current_setting('TimeZone') AS zone`,
      );
      assert(row?.zone === 'UTC', `the session runs in ${String(row?.zone)}, not in UTC`);
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  query<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    return run(this.pool, text, values);
  }

  /** Runs `work` in one transaction on one connection. */
  async transaction<T>(work: (tx: Queryable) => Promise<T>, hooks: CommitHooks = {}): Promise<T> {
    const client = await this.pool.connect();
    const tx: Queryable = { query: (text, values = []) => run(client, text, values) };
    let broken = false;
    try {
      await client.query('BEGIN');
      const result = await work(tx);
      await hooks.beforeCommit?.(tx);
      await client.query('COMMIT');
      hooks.afterCommit?.();
      return result;
    } catch (error) {
      broken = await client.query('ROLLBACK').then(
        () => false,
        () => true,
      );
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.prisma.$disconnect();
    await this.pool.end();
  }
}
