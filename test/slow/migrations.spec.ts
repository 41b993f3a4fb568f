import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import {
  appliedMigrations,
  applyMigrations,
  migrationNames,
} from '../../tools/data/migrations.mjs';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { makeTempFolder } from '../support/temp-folder.mjs';

const PRISMA = join(__dirname, '..', '..', 'tools', 'prisma.mjs');
const SLOW_MS = 60_000;

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase();
  await query('DROP SCHEMA public CASCADE');
  await query('CREATE SCHEMA public');
  folder = makeTempFolder('migrations');
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<object>(sql)).rows;
  } finally {
    await client.end();
  }
}

function write(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}

describe('migrations', () => {
  it(
    'are applied once by two processes at once, and Prisma sees them as its own',
    async () => {
      const [first, second] = await Promise.all([
        applyMigrations(database.url),
        applyMigrations(database.url),
      ]);
      expect([...first, ...second]).toEqual(migrationNames());
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [PRISMA, 'migrate', 'status'],
        { env: { ...process.env, DATABASE_URL: database.url } },
      );
      expect(stdout).toContain('Database schema is up to date!');
    },
    SLOW_MS,
  );

  it.each([
    ['a statement that fails', 'SELECT 1 / 0', 'division by zero'],
    ['a connection that ends', 'SELECT pg_terminate_backend(pg_backend_pid())', 'terminat'],
  ])(
    'leave nothing behind at %s, and are applied at the next attempt',
    async (_, sql, reason) => {
      write('1_first', 'CREATE TABLE one (id INT)');
      write('2_second', `CREATE TABLE two (id INT); ${sql}; INSERT INTO two VALUES (1)`);
      await expect(applyMigrations(database.url, folder)).rejects.toThrow(reason);
      expect(await appliedMigrations(database.url)).toEqual([{ name: '1_first', finished: true }]);
      expect(await query(`SELECT to_regclass('two') AS two`)).toEqual([{ two: null }]);
      write('2_second', 'CREATE TABLE two (id INT)');
      expect(await applyMigrations(database.url, folder)).toEqual(['2_second']);
      expect(await applyMigrations(database.url, folder)).toEqual([]);
    },
    SLOW_MS,
  );

  it('that an interrupted tool has left unfinished are applied', async () => {
    write('1_first', 'CREATE TABLE one (id INT)');
    await applyMigrations(database.url, folder);
    await query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', '', '2_second')`,
    );
    write('2_second', 'CREATE TABLE two (id INT)');
    expect(await applyMigrations(database.url, folder)).toEqual(['2_second']);
    expect(await appliedMigrations(database.url)).toEqual([
      { name: '1_first', finished: true },
      { name: '2_second', finished: true },
    ]);
  });
});
