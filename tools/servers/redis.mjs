// A real Redis of our own: loopback only, a random password, and noeviction, because a queue that drops keys under
// pressure loses jobs. The configuration goes in by standard input: no password in the process list or in a file.
import { spawnAs } from './account.mjs';
import { LOOPBACK } from './ports.mjs';
import { ping } from './redis-ping.mjs';
import { stopProcess } from '../processes/identity.mjs';
import { aliveAnd, orStop, spawnServer } from '../processes/spawn.mjs';
import { waitFor } from '../processes/wait.mjs';

/** @typedef {import('../processes/identity.mjs').ProcessIdentity} ProcessIdentity */
/**
 * @typedef {{
 *   folder: string, log: string, port: number, password: string, durable: boolean, command: string,
 *   account: import('./account.mjs').Account | undefined,
 *   onSpawn?: (identity: ProcessIdentity) => void,
 * }} RedisOptions `folder` must exist and belong to `account`
 * @typedef {import('../processes/spawn.mjs').RunningProcess & { url: string }} RunningRedis
 */

const READY_TIMEOUT_MS = 30_000;
const STOP_GRACE_MS = 10_000;

/** @param {RedisOptions} options @returns {Promise<RunningRedis>} */
export async function startRedis(options) {
  const { command, log, account, port, password } = options;
  const stdin = configuration(options);
  const spawnOptions = spawnAs(account);
  const running = await spawnServer(command, ['-'], { log, stdin, spawnOptions });
  options.onSpawn?.(running.identity);
  const ready = aliveAnd(running, 'Redis', () => ping(port, password));
  await orStop(running, () => waitFor('Redis to answer', READY_TIMEOUT_MS, ready));
  return { ...running, url: `redis://:${password}@${LOOPBACK}:${port}` };
}

/** @param {ProcessIdentity} identity */
export async function stopRedis(identity) {
  await stopProcess(identity, 'SIGTERM', STOP_GRACE_MS);
}

/** @param {RedisOptions} options */
function configuration({ folder, port, password, durable }) {
  return [
    `bind ${LOOPBACK}`,
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${folder}"`,
    'maxmemory-policy noeviction',
    'save ""',
    `appendonly ${durable ? 'yes' : 'no'}`,
    '',
  ].join('\n');
}
