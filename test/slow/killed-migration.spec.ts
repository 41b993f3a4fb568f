/** A start that is ended in the middle of a migration of kept data: the next one finishes it, and the data is there. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import {
  appliedMigrations,
  applyMigrations,
  migrationNames,
} from '../../tools/data/migrations.mjs';
import { inRoot } from '../../tools/ready/places.mjs';
import { freePort } from '../../tools/servers/ports.mjs';
import { createTestDatabase, type TestDatabase, testRedisUrl } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { startKeeper } from '../support/keeper.mjs';
import { type StartProcess, startProcess } from '../support/start-process.js';
import { makeTempFolder } from '../support/temp-folder.mjs';

const LIMIT_MS = 120_000;
/** What an installation of that time had. */
const OLD = 2;

const keeper = startKeeper();
const temp = makeTempFolder('killed-migration');
keeper.folder(temp);
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(() => database.drop());
afterAll(() => keeper.close());

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** The schema of an old installation, with a program in it. */
async function makeOld(client: pg.Client): Promise<void> {
  await client.query('DROP SCHEMA public CASCADE');
  await client.query('CREATE SCHEMA public');
  const folder = join(temp, 'old');
  mkdirSync(folder, { recursive: true });
  for (const name of migrationNames().slice(0, OLD)) {
    cpSync(inRoot('prisma', 'migrations', name), join(folder, name), { recursive: true });
  }
  expect(await applyMigrations(database.url, folder)).toHaveLength(OLD);
  await client.query(
    `INSERT INTO program (digest, address, scenario, variant, case_name, title, format, semantics, bytes)
     VALUES (repeat('a', 64), 'kept/by/user', 'kept', 'by', 'user', 'kept', 1, 1, '{}')`,
  );
}

function begin(port: number): StartProcess {
  return startProcess(
    {
      LASTREF_DATA: join(temp, 'data'),
      LASTREF_PORT: String(port),
      DATABASE_URL: database.url,
      REDIS_URL: testRedisUrl(),
    },
    keeper,
  );
}

it.each(['SIGKILL', 'SIGINT'] as const)(
  'by %s',
  async (signal) => {
    const port = await freePort();
    const client = await connect();
    await makeOld(client);
    // Whoever reads a table holds up who would change it: the migration stands still in its middle.
    await client.query('BEGIN');
    await client.query('SELECT * FROM program, campaign, campaign_part, outbox, shard LIMIT 1');
    const first = begin(port);
    await first.says('Migrating the database');
    const observer = await connect();
    await eventually(async () => {
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return ((await observer.query(waiting)).rowCount ?? 0) > 0;
    });
    expect(await first.stop(signal)).toBe(signal === 'SIGINT' ? 0 : signal);
    await client.query('COMMIT');

    const second = begin(port);
    await second.says('Lastref is running');
    const applied = await appliedMigrations(database.url);
    expect(applied).toEqual(migrationNames().map((name) => ({ name, finished: true })));
    const kept = await observer.query(
      `SELECT title, version FROM program WHERE address = 'kept/by/user'`,
    );
    expect(kept.rows).toEqual([{ title: 'kept', version: 1 }]);
    expect(await second.stop('SIGINT')).toBe(0);
    await Promise.all([client.end(), observer.end()]);
  },
  LIMIT_MS,
);
