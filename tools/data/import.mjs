// The reverse of the export: a database with the rows of a file, and nothing else. Only into one that holds nothing, unless what it
// holds is to be replaced, and only while nobody else is connected. A file of an older version is loaded into the schema it was
// written from, which is then migrated; one of a newer version is refused. The rows come in one transaction: a file that
// breaks off leaves the database empty.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import pg from 'pg';
import { withDatabase } from './database.mjs';
import { makeDataFolder } from './folder.mjs';
import { serverAccount } from '../servers/account.mjs';
import { readExport } from './export-file.mjs';
import { loadRows, tableNames } from './load-rows.mjs';
import { applyMigrations, migrationNames } from './migrations.mjs';

/**
 * @param {import('./folder.mjs').DataFolder} folder
 * @param {string | undefined} file
 * @param {boolean} replace
 * @returns {Promise<string>}
 */
export async function importData(folder, file, replace) {
  if (file === undefined) throw new Error('Say which file: npm run data:import -- <file>');
  const path = resolve(process.env['INIT_CWD'] || process.cwd(), file);
  if (!existsSync(path)) throw new Error(`There is no file ${path}.`);
  if (!process.env['DATABASE_URL']) makeDataFolder(folder, serverAccount());
  const rows = await withDatabase(folder, (url) => importInto(url, path, replace), 'alone');
  return `${rows} rows read from ${path}`;
}

/**
 * @param {string} url @param {string} path @param {boolean} replace
 * @returns {Promise<number>} rows
 */
export async function importInto(url, path, replace) {
  const file = await readExport(path);
  try {
    const known = migrationNames();
    const unknown = file.migrations.find((name) => !known.includes(name));
    if (unknown !== undefined) {
      throw new Error(
        `${path} was written by a newer version (this clone has no migration ${unknown}). Update the clone: git pull.`,
      );
    }
    await withClient(url, (client) => makeEmpty(client, replace));
    await applyMigrations(url, undefined, (name) => file.migrations.includes(name));
    const rows = await withClient(url, (client) => loadRows(client, file));
    await applyMigrations(url);
    return rows;
  } finally {
    file.close();
  }
}

/** @param {pg.Client} client @param {boolean} replace */
async function makeEmpty(client, replace) {
  /** @type {pg.QueryResult<{ others: number }>} */
  const { rows } = await client.query(
    `SELECT count(*)::int AS others FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  );
  if ((rows[0]?.others ?? 0) > 0) {
    throw new Error(
      'Others are connected to this database. Stop Lastref, its workers too, then try again.',
    );
  }
  const full = await firstWithRows(client);
  if (full !== undefined && !replace) {
    throw new Error(
      `The database holds data (table ${full}). To replace all of it: npm run data:import -- <file> --replace`,
    );
  }
  await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
}

/** @param {pg.Client} client @returns {Promise<string | undefined>} */
async function firstWithRows(client) {
  for (const table of await tableNames(client)) {
    const { rowCount } = await client.query(
      `SELECT 1 FROM ${client.escapeIdentifier(table)} LIMIT 1`,
    );
    if (rowCount !== 0) return table;
  }
  return undefined;
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
