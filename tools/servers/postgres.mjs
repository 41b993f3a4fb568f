// A real PostgreSQL of our own: loopback only, no socket file, scram with a random password (a trusting server on
// loopback is a way in for every local user), every session in UTC. The application connects as a role that is no
// superuser. `durable: false` is for tests: commits survive a crash of the server but not one of the machine.
import pg from 'pg';
import { spawnAs } from './account.mjs';
import { LOOPBACK } from './ports.mjs';
import { APPLICATION, ensureApplication } from './postgres-application.mjs';
import { SUPERUSER, forgetDeadPostmaster, majorOf, makeFolder } from './postgres-folder.mjs';
import { stopProcess } from '../processes/identity.mjs';
import { aliveAnd, orStop, spawnServer } from '../processes/spawn.mjs';
import { waitFor } from '../processes/wait.mjs';
import { codeOf } from '../errors.mjs';

/** @typedef {import('../processes/identity.mjs').ProcessIdentity} ProcessIdentity */
/**
 * @typedef {{
 *   folder: string, log: string, port: number, password: string, durable: boolean,
 *   binaries: import('./postgres-binaries.mjs').PostgresBinaries,
 *   account: import('./account.mjs').Account | undefined,
 *   onSpawn?: (identity: ProcessIdentity) => void,
 * }} PostgresOptions
 * @typedef {import('../processes/spawn.mjs').RunningProcess & { url: string }} RunningPostgres
 */

const READY_TIMEOUT_MS = 60_000;
const STOP_GRACE_MS = 20_000;
const MAX_CONNECTIONS = 200;
const NOT_YET = new Set(['57P03', 'ECONNREFUSED', 'ECONNRESET']);

/** @param {PostgresOptions} options @returns {Promise<RunningPostgres>} */
export async function startPostgres(options) {
  const { folder, log, account, binaries } = options;
  if (majorOf(folder) === undefined) await makeFolder(options);
  forgetDeadPostmaster(folder);
  const spawnOptions = spawnAs(account);
  const running = await spawnServer(binaries.postgres, argumentsFor(options), {
    log,
    spawnOptions,
  });
  options.onSpawn?.(running.identity);
  await orStop(running, async () => {
    const superuser = urlFor(options, SUPERUSER, 'postgres');
    const ready = aliveAnd(running, 'PostgreSQL', () => answers(superuser));
    await waitFor('PostgreSQL to accept connections', READY_TIMEOUT_MS, ready);
    await ensureApplication(superuser, options.password);
  });
  return { ...running, url: applicationUrl(options) };
}

/** What the application connects to. @param {{ port: number, password: string }} server @returns {string} */
export function applicationUrl(server) {
  return urlFor(server, APPLICATION, APPLICATION);
}

/** Fast shutdown: sessions are ended and a checkpoint is written. @param {ProcessIdentity} identity */
export async function stopPostgres(identity) {
  await stopProcess(identity, 'SIGINT', STOP_GRACE_MS);
}

/** @param {PostgresOptions} options */
function argumentsFor({ folder, port, durable }) {
  const settings = {
    listen_addresses: LOOPBACK,
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: String(MAX_CONNECTIONS),
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  const pairs = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', folder, '-p', String(port), ...pairs];
}

/** @param {{ port: number, password: string }} server @param {string} user @param {string} database */
function urlFor({ port, password }, user, database) {
  return `postgresql://${user}:${password}@${LOOPBACK}:${port}/${database}`;
}

/** @param {string} url */
async function answers(url) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    if (NOT_YET.has(codeOf(error) ?? '')) return false;
    throw error;
  }
}
