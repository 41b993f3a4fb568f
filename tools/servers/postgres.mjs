// A real PostgreSQL of our own: loopback only, no socket file, scram with a random password (a trusting server on
// loopback is a way in for every local user), every session in UTC. The application connects as a role that is no
// superuser, and whose password is not the superuser's. `durable: false` is for tests: commits survive a crash of the server but not one of the machine.
import { spawnAs } from './account.mjs';
import { LOOPBACK } from './ports.mjs';
import { APPLICATION, ensureApplication } from './postgres-application.mjs';
import { endOrphans } from './postgres-orphans.mjs';
import { forgetDeadPostmaster, majorOf, makeFolder } from './postgres-folder.mjs';
import { stopProcess } from '../processes/identity.mjs';
import { aliveAnd, orStop, spawnServer } from '../processes/spawn.mjs';
import { waitFor } from '../processes/wait.mjs';
import { codeOf, messageOf } from '../errors.mjs';

/** @typedef {import('../processes/identity.mjs').ProcessIdentity} ProcessIdentity */
/**
 * @typedef {{
 *   folder: string, log: string, port: number, password: string, superuserPassword: string, durable: boolean,
 *   binaries: import('./postgres-binaries.mjs').PostgresBinaries,
 *   account: import('./account.mjs').Account | undefined,
 *   onSpawn?: (identity: ProcessIdentity) => void,
 * }} PostgresOptions
 * @typedef {import('../processes/spawn.mjs').RunningProcess & { url: string }} RunningPostgres
 */

const READY_TIMEOUT_MS = 60_000;
const STOP_GRACE_MS = 20_000;
const MAX_CONNECTIONS = 200;
/** It starts, or a connection broke on the way: both pass, and what was begun is done again. */
const NOT_YET = new Set(['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']);
const BROKEN = /^Connection terminated/;

/** @param {PostgresOptions} options @returns {Promise<RunningPostgres>} */
export async function startPostgres(options) {
  const { folder, log, account, binaries } = options;
  if (majorOf(folder) === undefined) await makeFolder(options);
  forgetDeadPostmaster(folder);
  await endOrphans(folder);
  const spawnOptions = spawnAs(account);
  const running = await spawnServer(binaries.postgres, argumentsFor(options), {
    log,
    spawnOptions,
  });
  options.onSpawn?.(running.identity);
  await orStop(running, async () => {
    const ready = aliveAnd(running, 'PostgreSQL', () => isPrepared(options));
    await waitFor('PostgreSQL to accept connections', READY_TIMEOUT_MS, ready);
  });
  return { ...running, url: applicationUrl(options) };
}

/** What the application connects to. @param {{ port: number, password: string }} server @returns {string} */
export function applicationUrl(server) {
  return urlFor(server.port, APPLICATION, server.password, APPLICATION);
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

/** @param {number} port @param {string} user @param {string} password @param {string} database */
function urlFor(port, user, password, database) {
  return `postgresql://${user}:${password}@${LOOPBACK}:${port}/${database}`;
}

/** Whether it answers, and has the application's role and database. @param {PostgresOptions} options */
async function isPrepared({ port, password, superuserPassword }) {
  try {
    await ensureApplication({
      password,
      superuserPassword,
      urlOf: (user, secret, database) => urlFor(port, user, secret, database),
    });
    return true;
  } catch (error) {
    if (NOT_YET.has(codeOf(error) ?? '') || BROKEN.test(messageOf(error))) return false;
    throw error;
  }
}
