// What the database shows while things die: asked on a connection of its own that is made anew when it breaks. Numbers are asked
// for as float8 or int4: an int8 would come as text.
import pg from 'pg';
import { pause } from '../processes/wait.mjs';
import { RETRY_MS } from './limits.mjs';

const RETRY_EVERY_MS = 100;
/** Classes of errors that no second attempt mends: syntax, constraints, data. */
const OWN_FAULT = /^(42|22|23)/;

/** @param {unknown} error */
const isOwnFault = (error) =>
  error instanceof pg.DatabaseError && error.code !== undefined && OWN_FAULT.test(error.code);

/** @typedef {(sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>} Ask */

/** @param {string} url @returns {{ ask: Ask, close: () => Promise<void> }} */
export function watcher(url) {
  const pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 5_000 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    ask: async (sql, values = []) => {
      const until = performance.now() + RETRY_MS;
      for (;;) {
        try {
          /** @type {pg.QueryResult<Record<string, unknown>>} */
          const { rows } = await pool.query(sql, values);
          return rows;
        } catch (error) {
          if (isOwnFault(error) || performance.now() > until) throw error;
          await pause(RETRY_EVERY_MS);
        }
      }
    },
    close: () => pool.end(),
  };
}
