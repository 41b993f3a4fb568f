// Brings a database to the schema of this tree: each file of prisma/migrations that it does not know, in order, together with
// its record in one transaction, so that whatever ends this process leaves a migration done or not begun. The records are
// Prisma's own table, so its tools (npm run prisma) see what was applied; nothing of Prisma is run. One at a time: the later of
// two processes waits, and finds nothing left to do.
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { inRoot } from '../ready/places.mjs';

const FOLDER = inRoot('prisma', 'migrations');
const UNDEFINED_TABLE = '42P01';
/** The number by which Prisma's own tools lock a database while they migrate it. */
const LOCK = 72707369;

const RECORDS = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

const RECORD = `
  INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
  VALUES ($1, $2, $3, clock_timestamp(), 1)`;

/** What an interrupted `prisma migrate` has left: its script was one transaction that was not committed. */
const FORGET = 'DELETE FROM _prisma_migrations WHERE migration_name = $1 AND finished_at IS NULL';

const APPLIED = `
  SELECT migration_name AS name, finished_at IS NOT NULL AS finished
    FROM _prisma_migrations WHERE rolled_back_at IS NULL`;

/** The names of all migrations of this tree, oldest first. @param {string} [folder] @returns {string[]} */
export function migrationNames(folder = FOLDER) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/**
 * What a database knows of migrations, its own or of another version's; nothing if it was never migrated.
 * @param {string} url @returns {Promise<{ name: string, finished: boolean }[]>}
 */
export function appliedMigrations(url) {
  return withClient(url, listApplied);
}

/**
 * @param {string} url
 * @param {string} [folder]
 * @param {(name: string) => boolean} [wanted] all unless told
 * @returns {Promise<string[]>} the names of those applied now
 */
export function applyMigrations(url, folder = FOLDER, wanted = () => true) {
  return withClient(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query(RECORDS);
    const applied = await listApplied(client);
    const finished = new Set(applied.filter((one) => one.finished).map((one) => one.name));
    const pending = migrationNames(folder).filter((name) => wanted(name) && !finished.has(name));
    for (const name of pending) await applyOne(client, folder, name);
    return pending;
  });
}

/** @param {pg.Client} client @param {string} folder @param {string} name */
async function applyOne(client, folder, name) {
  const script = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
  const checksum = createHash('sha256').update(script).digest('hex');
  try {
    await client.query('BEGIN');
    await client.query(script);
    await client.query(FORGET, [name]);
    await client.query(RECORD, [randomUUID(), checksum, name]);
    await client.query('COMMIT');
  } catch (error) {
    // Without a connection there is nothing to roll back: the server has.
    await client.query('ROLLBACK').catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The migration ${name} does not apply, and nothing of it was kept: ${reason}`, {
      cause: error,
    });
  }
}

/** @param {pg.Client} client @returns {Promise<{ name: string, finished: boolean }[]>} */
async function listApplied(client) {
  try {
    /** @type {pg.QueryResult<{ name: string, finished: boolean }>} */
    const { rows } = await client.query(APPLIED);
    return rows;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return [];
    throw error;
  }
}

/**
 * @template T
 * @param {string} url
 * @param {(client: pg.Client) => Promise<T>} use
 * @returns {Promise<T>}
 */
async function withClient(url, use) {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' });
  // A connection that breaks is told by the statement it breaks; the event has nobody else to tell.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
