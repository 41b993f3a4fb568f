// Plain connections beside the adapter's: to create a database, to see whether one answers, and to say in Prisma's
// own error codes why it does not.
import pg from 'pg';
import { codeOf, messageOf } from '../errors.mjs';

const CONNECT_TIMEOUT_MS = 5000;

/** @param {string} url */
export async function openClient(url) {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  await client.connect();
  return client;
}

/** @param {string} url */
export async function canConnect(url) {
  try {
    await (await openClient(url)).end();
    return true;
  } catch {
    return false;
  }
}

/** Creates the database that `url` names, through the `postgres` database of the same server. @param {string} url */
export async function createDatabase(url) {
  const target = new URL(url);
  const name = decodeURIComponent(target.pathname.slice(1));
  target.pathname = '/postgres';
  const client = await openClient(target.href);
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  return name;
}

/**
 * @param {unknown} error @param {string} url
 * @returns {{ error_code: string, message: string }} the way the native engine words it
 */
export function explainConnectError(error, url) {
  const { hostname, port, pathname, username } = new URL(url);
  switch (codeOf(error)) {
    case '3D000':
      return { error_code: 'P1003', message: `Database ${pathname.slice(1)} does not exist` };
    case '28000':
    case '28P01':
      return { error_code: 'P1000', message: `Authentication failed for user ${username}` };
    default:
      return {
        error_code: 'P1001',
        message: `Can't reach database server at ${hostname}:${port || 5432} (${codeOf(error) ?? messageOf(error)})`,
      };
  }
}
