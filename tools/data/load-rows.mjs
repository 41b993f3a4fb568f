// Puts the rows of an export into a database of the same schema, in one transaction. Rows come table by table in the order of
// names, so what refers to what is set aside before and checked by the server after; numbering goes on where it stood.

/** @typedef {import('./export-file.mjs').ExportFile} ExportFile */
/** @typedef {import('pg').Client} Client */

const BATCH_ROWS = 500;

/**
 * Those with data of people. What a migration writes about the database itself is not among them: which migrations it has had, and
 * the number of the installation, by which a copy must not meddle with the jobs of its original.
 * @param {Client} client @returns {Promise<string[]>}
 */
export async function tableNames(client) {
  /** @type {import('pg').QueryResult<{ tablename: string }>} */
  const { rows } = await client.query(
    `SELECT tablename FROM pg_tables
      WHERE schemaname = 'public' AND tablename NOT IN ('_prisma_migrations', 'installation') ORDER BY 1`,
  );
  return rows.map((row) => row.tablename);
}

/** @param {Client} client @param {ExportFile} file @returns {Promise<number>} rows */
export async function loadRows(client, file) {
  const tables = await tableNames(client);
  const missing = file.tables.find((table) => !tables.includes(table));
  if (missing !== undefined) throw new Error(`There is no table ${missing} for rows of the file.`);
  await client.query('BEGIN');
  try {
    const references = await setReferencesAside(client);
    const count = await insertAll(client, file);
    for (const { table, name, definition } of references) {
      await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
    }
    for (const table of tables) await setNumbering(client, table);
    await client.query('COMMIT');
    return count;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** @param {Client} client */
async function setReferencesAside(client) {
  /** @type {import('pg').QueryResult<{ table: string, name: string, definition: string }>} */
  const { rows } = await client.query(
    `SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name,
            pg_get_constraintdef(oid) AS definition
       FROM pg_constraint
      WHERE contype = 'f' AND connamespace = 'public'::regnamespace`,
  );
  for (const { table, name } of rows)
    await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  return rows;
}

/** @param {Client} client @param {ExportFile} file */
async function insertAll(client, file) {
  let count = 0;
  let table = '';
  /** @type {string[]} */
  let batch = [];
  const flush = async () => {
    if (batch.length === 0) return;
    const name = client.escapeIdentifier(table);
    await client.query(
      `INSERT INTO ${name} SELECT * FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb)`,
      [`[${batch.join(',')}]`],
    );
    count += batch.length;
    batch = [];
  };
  for await (const one of file.rows) {
    if (one.table !== table || batch.length === BATCH_ROWS) {
      await flush();
      table = one.table;
    }
    batch.push(one.row);
  }
  await flush();
  return count;
}

/** @param {Client} client @param {string} table */
async function setNumbering(client, table) {
  /** @type {import('pg').QueryResult<{ column: string, sequence: string }>} */
  const { rows } = await client.query(
    `SELECT column_name AS column, pg_get_serial_sequence(quote_ident(table_name), column_name) AS sequence
       FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = $1
        AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL`,
    [table],
  );
  for (const { column, sequence } of rows) {
    const [name, from] = [client.escapeIdentifier(column), client.escapeIdentifier(table)];
    await client.query(
      `SELECT setval($1::regclass, coalesce(max(${name}), 1), max(${name}) IS NOT NULL) FROM ${from}`,
      [sequence],
    );
  }
}
