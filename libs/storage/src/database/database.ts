/**
 * The one way to PostgreSQL: a pool that Prisma's client and raw statements share. Every connection runs in UTC (asserted
 * when opened, because otherwise times shift by the host's zone) with a statement and a lock timeout.
 * A broken idle connection is reported and replaced; it never ends the process. No wait is for ever: a session that stops in the
 * middle of a transaction is ended by the server, a server that stops answering is given up by the client. Two kinds of transaction: of raw statements
 * alone (the protocol of shards, where every round trip counts), and of Prisma's client with raw statements among them.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import assert from 'node:assert';
import pg from 'pg';
import { type Prisma, PrismaClient } from '../generated/prisma/client.js';
import {
  ANSWER_TIMEOUT_MS,
  CONNECT_TIMEOUT_MS,
  IDLE_IN_TRANSACTION_MS,
  KEEPALIVE,
  LOCK_TIMEOUT_MS,
  POOL_SIZE,
  STATEMENT_TIMEOUT_MS,
  TRANSACTION_MS,
} from '../limits.js';
import { plainRow } from './plain-row.js';
import { rowTypes } from './row-types.js';
import { type Columns, type RowOf, type Statement, statement, text } from './statement.js';

/** Runs raw statements; rows come back as plain values. */
export interface Queryable {
  run<C extends Columns>(statement: Statement<C>, values?: readonly unknown[]): Promise<RowOf<C>[]>;
}

/** Any statement, as a person at a console would send it: for specs, which look where nothing else does. */
export interface Console {
  query<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** Prisma's client, inside a transaction or not. */
export interface Store {
  readonly prisma: Prisma.TransactionClient;
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
  `-c idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS}`,
  `-c tcp_keepalives_idle=${KEEPALIVE.idleS}`,
  `-c tcp_keepalives_interval=${KEEPALIVE.intervalS}`,
  `-c tcp_keepalives_count=${KEEPALIVE.probes}`,
  `-c tcp_user_timeout=${KEEPALIVE.unacknowledgedMs}`,
].join(' ');

const TIME_ZONE = statement({ zone: text }, `SELECT current_setting('TimeZone') AS zone`);

async function send<Row extends pg.QueryResultRow>(
  runner: pg.Pool | pg.PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const result = await runner.query<Row>({ text, values: [...values], types: rowTypes });
  return result.rows;
}

const onConnection = (client: pg.PoolClient): Queryable & Console => ({
  run: ({ text: sql }, values = []) => send(client, sql, values),
  query: (sql, values = []) => send(client, sql, values),
});

const inPrisma = (prisma: Prisma.TransactionClient): Queryable => ({
  run: async <C extends Columns>({ text: sql }: Statement<C>, values: readonly unknown[] = []) => {
    const rows = await prisma.$queryRawUnsafe<Record<string, unknown>[]>(sql, ...values);
    return rows.map((row) => plainRow(row) as RowOf<C>);
  },
});

export class Database implements Queryable, Console, Store {
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
      query_timeout: ANSWER_TIMEOUT_MS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEPALIVE.idleS * 1_000,
    });
    pool.on('error', onError);
    pool.on('connect', (client) => client.on('error', onError));
    const database = new Database(pool);
    try {
      const [row] = await database.run(TIME_ZONE);
      assert(row?.zone === 'UTC', `the session runs in ${String(row?.zone)}, not in UTC`);
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  run<C extends Columns>(
    { text: sql }: Statement<C>,
    values: readonly unknown[] = [],
  ): Promise<RowOf<C>[]> {
    return send(this.pool, sql, values);
  }

  query<Row extends pg.QueryResultRow>(
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    return send(this.pool, sql, values);
  }

  /** Runs `work` in one transaction of Prisma's client; raw statements may stand among its calls. */
  prismaTransaction<T>(work: (tx: Store & Queryable) => Promise<T>): Promise<T> {
    return this.prisma.$transaction((prisma) => work({ prisma, ...inPrisma(prisma) }), {
      timeout: TRANSACTION_MS,
    });
  }

  /** Runs `work`, raw statements all, in one transaction on one connection. */
  async transaction<T>(
    work: (tx: Queryable & Console) => Promise<T>,
    hooks: CommitHooks = {},
  ): Promise<T> {
    const client = await this.pool.connect();
    const tx = onConnection(client);
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
