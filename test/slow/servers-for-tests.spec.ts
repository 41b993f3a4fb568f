import { Redis } from 'ioredis';
import pg from 'pg';
import { createTestDatabase } from '../support/database.js';
import { startOwnPostgres, type OwnPostgres } from '../support/own-postgres.js';
import { startOwnRedis, type OwnRedis } from '../support/own-redis.js';

describe('servers for tests', () => {
  const stops: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  async function query(url: string, statement: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(statement);
      return rows;
    } finally {
      await client.end();
    }
  }

  it('gives each caller a database of its own, in UTC, by a role that is no superuser', async () => {
    const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    stops.push(first.drop, second.drop);
    await query(first.url, 'CREATE TABLE mine (id int)');
    expect(await query(second.url, "SELECT to_regclass('mine') AS found")).toEqual([
      { found: null },
    ]);
    expect(await query(first.url, 'SHOW timezone')).toEqual([{ TimeZone: 'UTC' }]);
    expect(
      await query(first.url, 'SELECT rolsuper FROM pg_roles WHERE rolname = current_user'),
    ).toEqual([{ rolsuper: false }]);
  });

  it('brings a killed PostgreSQL back with its data', async () => {
    const own: OwnPostgres = await startOwnPostgres();
    stops.push(own.stop);
    await query(own.url, 'CREATE TABLE kept AS SELECT 7 AS id');
    own.kill();
    await own.restart();
    expect(await query(own.url, 'SELECT id FROM kept')).toEqual([{ id: 7 }]);
  });

  it('lets nobody into Redis without the password', async () => {
    const own: OwnRedis = await startOwnRedis();
    stops.push(own.stop);
    const stranger = new Redis({ port: Number(new URL(own.url).port), retryStrategy: () => null });
    stranger.on('error', () => undefined);
    await expect(stranger.ping()).rejects.toThrow('NOAUTH');
    stranger.disconnect();
  });
});
