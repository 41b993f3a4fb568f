// The application's role and database: a role that is no superuser (it may create databases, for tests and shadow
// databases, and nothing more) and one database it owns. The superuser has a password of its own; a data folder from when both
// had one gets another for the superuser. Safe to repeat and to cut off anywhere. No password is ever sent: see scram.mjs.
import pg from 'pg';
import { scramVerifier } from './scram.mjs';
import { codeOf } from '../errors.mjs';

/** @typedef {{ password: string, superuserPassword: string, urlOf: (user: string, password: string, database: string) => string }} Access */

export const APPLICATION = 'lastref';
export const SUPERUSER = 'postgres';
const WRONG_PASSWORD = '28P01';

/** @param {Access} access @returns {Promise<void>} it throws what the connection throws, also when that breaks on the way */
export async function ensureApplication({ password, superuserPassword, urlOf }) {
  const mine = urlOf(SUPERUSER, superuserPassword, 'postgres');
  try {
    await withClient(mine, (client) => setUp(client, password));
  } catch (error) {
    if (codeOf(error) !== WRONG_PASSWORD) throw error;
    const shared = urlOf(SUPERUSER, password, 'postgres');
    await withClient(shared, (client) =>
      setPassword(client, 'ALTER', SUPERUSER, superuserPassword),
    );
    await withClient(mine, (client) => setUp(client, password));
  }
}

/** @param {pg.Client} client @param {string} password */
async function setUp(client, password) {
  const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APPLICATION]);
  await setPassword(client, role.rowCount === 0 ? 'CREATE' : 'ALTER', APPLICATION, password);
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [APPLICATION]);
  if (found.rowCount === 0) {
    await client.query(`CREATE DATABASE ${APPLICATION} OWNER ${APPLICATION}`);
  }
}

/** @param {pg.Client} client @param {'CREATE' | 'ALTER'} verb @param {string} role @param {string} password */
async function setPassword(client, verb, role, password) {
  const rights = role === APPLICATION ? 'LOGIN CREATEDB ' : '';
  const secret = client.escapeLiteral(scramVerifier(password));
  await client.query(`${verb} ROLE ${role} ${rights}PASSWORD ${secret}`);
}

/** @template T @param {string} url @param {(client: pg.Client) => Promise<T>} use @returns {Promise<T>} */
async function withClient(url, use) {
  // What may fail here is never written into the server's log with its text.
  const client = new pg.Client({
    connectionString: url,
    options: '-c log_min_error_statement=panic',
  });
  // A connection that breaks is told by the statement it breaks; the event has nobody else to tell.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
