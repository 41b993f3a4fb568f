// Every row of every table as JSON lines, gzipped: a first line that says of which schema, then one line per row.
// One read-only snapshot, fetched in portions, so neither the size of the data nor a running campaign matters.
// Whole numbers keep all their digits. `data:import` reads it back; other tools may too.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { withDatabase } from './database.mjs';
import { EXPORT_FORMAT } from './export-file.mjs';
import { tableNames } from './load-rows.mjs';

const ROWS_PER_FETCH = 1000;

/**
 * @param {import('./folder.mjs').DataFolder} folder
 * @param {string | undefined} file
 * @returns {Promise<string>}
 */
export async function exportData(folder, file) {
  const base = process.env['INIT_CWD'] || process.cwd();
  const day = new Date().toISOString().slice(0, 19).replaceAll(':', '');
  const path = resolve(base, file ?? join(base, `lastref-${day}Z.jsonl.gz`));
  const rows = await withDatabase(folder, (url) => writeAll(url, path));
  return `${rows} rows written to ${path}`;
}

/** @param {string} url @param {string} path @returns {Promise<number>} rows */
export async function writeAll(url, path) {
  const client = new pg.Client({ connectionString: url });
  const gzip = createGzip();
  const output = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  await once(output, 'open');
  gzip.pipe(output);
  await client.connect();
  let count = 0;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const tables = await tableNames(client);
    /** @type {pg.QueryResult<{ migration_name: string }>} */
    const schema = await client.query('SELECT migration_name FROM _prisma_migrations ORDER BY 1');
    const migrations = schema.rows.map((row) => row.migration_name);
    gzip.write(`${JSON.stringify({ lastrefExport: EXPORT_FORMAT, migrations, tables })}\n`);
    for (const table of tables) count += await writeTable(client, table, gzip);
    await client.query('COMMIT');
  } finally {
    await client.end();
    gzip.end();
    await finished(output);
  }
  return count;
}

/** @param {pg.Client} client @param {string} table @param {import('node:stream').Writable} out */
async function writeTable(client, table, out) {
  const name = client.escapeIdentifier(table);
  await client.query(
    `DECLARE rows NO SCROLL CURSOR FOR SELECT to_jsonb(source)::text AS row FROM ${name} AS source`,
  );
  let count = 0;
  for (;;) {
    const { rows } = await client.query(`FETCH ${ROWS_PER_FETCH} FROM rows`);
    if (rows.length === 0) break;
    count += rows.length;
    const lines = rows.map(({ row }) => `{"table":${JSON.stringify(table)},"row":${row}}\n`);
    if (!out.write(lines.join(''))) await once(out, 'drain');
  }
  await client.query('CLOSE rows');
  return count;
}
