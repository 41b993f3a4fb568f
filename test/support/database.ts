/**
 * What a spec that needs servers gets: a database of its own, copied from the migrated template in some 30 ms, and a
 * BullMQ prefix of its own in the shared Redis. So spec files may run side by side. A spec that flushes, kills or fills
 * a server starts its own (own-redis.ts, own-postgres.ts).
 *
 *   let database: TestDatabase;
 *   beforeAll(async () => { database = await createTestDatabase(); });
 *   afterAll(async () => { await database.drop(); });
 */
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

const NAME_BYTES = 6;
const DROP_ATTEMPTS = 20;
const DROP_PAUSE_MS = 250;

export async function createTestDatabase(): Promise<TestDatabase> {
  const template = new URL(fromSetup('LASTREF_TEST_DATABASE_URL'));
  const name = `test_${randomName()}`;
  await onServer(template, `CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)}`);
  const url = new URL(template);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => dropDatabase(template, name),
  };
}

/**
 * FORCE ends the sessions of others; while the server itself vacuums there, which belongs to the superuser, it is refused
 * (42501). With tables as small as these that is over in moments.
 */
async function dropDatabase(template: URL, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await onServer(template, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      return;
    } catch (error) {
      const refused = error instanceof pg.DatabaseError && error.code === '42501';
      if (!refused || attempt === DROP_ATTEMPTS) throw error;
      await setTimeout(DROP_PAUSE_MS);
    }
  }
}

/** The migrated database of the run, which others are copied from: nothing may be written there. */
export function testDatabaseUrl(): string {
  return fromSetup('LASTREF_TEST_DATABASE_URL');
}

/** The Redis of the run. Never flush it: other specs are using it. */
export function testRedisUrl(): string {
  return fromSetup('LASTREF_TEST_REDIS_URL');
}

export function testQueuePrefix(): string {
  return `test-${randomName()}`;
}

async function onServer(template: URL, statement: string): Promise<void> {
  const url = new URL(template);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function fromSetup(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set: run this spec in the project services or slow.`);
  }
  return value;
}

function randomName(): string {
  return randomBytes(NAME_BYTES).toString('hex');
}
