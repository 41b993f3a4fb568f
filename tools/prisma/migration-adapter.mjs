// @prisma/adapter-pg is made for queries. Carrying migrations it has three gaps, closed here:
//  1. it refuses the catalogue type "char" (oid 18), which the engine's own describing queries return;
//  2. executeScript cuts a script at every semicolon, also inside function bodies and string literals;
//  3. connectToShadowDb sets `database` beside a connection string, and pg lets the string win: the "shadow" would be
//     the main database, and `migrate dev` would reset it. Here the shadow is a database of its own, dropped after use.
import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { openClient } from './connection.mjs';

const OID_CHAR = 18;
const OID_TEXT = 25;
const COLUMN_TYPE_CHARACTER = 6;

/** @typedef {import('@prisma/driver-adapter-utils').SqlDriverAdapter} Adapter */
/** @typedef {import('@prisma/driver-adapter-utils').SqlQuery} Query */
/** @typedef {import('@prisma/driver-adapter-utils').SqlResultSet} ResultSet */
/**
 * What the adapter is beside what it declares.
 * @typedef {Adapter & {
 *   underlyingDriver(): import('pg').Pool,
 *   onError(error: unknown): never,
 *   performIO(query: Query): Promise<Pick<import('pg').QueryArrayResult, 'rows'> & Partial<import('pg').QueryArrayResult>>,
 * }} WholeAdapter
 */

/** @typedef {import('@prisma/driver-adapter-utils').SqlMigrationAwareDriverAdapterFactory} AdapterFactory */

/** @implements {AdapterFactory} */
export class MigrationAdapterFactory {
  /** @type {'postgres'} */
  provider = 'postgres';
  adapterName = '@prisma/adapter-pg';

  /** @param {string} url */
  constructor(url) {
    this.url = new URL(url);
  }

  async connect() {
    return closeGaps(await this.#open(this.url));
  }

  async connectToShadowDb() {
    const url = new URL(this.url);
    const name = `prisma_migrate_shadow_db_${randomUUID()}`;
    url.pathname = `/${name}`;
    const main = await openClient(this.url.href);
    await main.query(`CREATE DATABASE "${name}"`);
    const shadow = closeGaps(await this.#open(url));
    const dispose = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await dispose();
      try {
        await main.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      } finally {
        await main.end();
      }
    };
    return shadow;
  }

  /** @param {URL} url @returns {Promise<WholeAdapter>} */
  async #open(url) {
    const schema = url.searchParams.get('schema');
    const factory = new PrismaPg({ connectionString: url.href }, schema ? { schema } : {});
    /** @type {unknown} */
    const adapter = await factory.connect();
    return /** @type {WholeAdapter} */ (adapter);
  }
}

/** @param {WholeAdapter} adapter @returns {Adapter} */
function closeGaps(adapter) {
  readCharAsText(adapter);
  adapter.executeScript = async (script) => {
    try {
      await adapter.underlyingDriver().query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  return adapter;
}

/** @param {WholeAdapter} adapter */
function readCharAsText(adapter) {
  /** @type {WeakMap<object, number[]>} */
  const charColumns = new WeakMap();
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    const columns = [];
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== OID_CHAR) continue;
      field.dataTypeID = OID_TEXT;
      columns.push(index);
    }
    if (columns.length > 0) charColumns.set(result.rows, columns);
    return result;
  };
  adapter.queryRaw = async (query) => {
    const answer = await queryRaw(query);
    for (const column of charColumns.get(answer.rows) ?? []) {
      answer.columnTypes[column] = COLUMN_TYPE_CHARACTER;
    }
    return answer;
  };
}
