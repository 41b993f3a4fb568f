// The four services as the supervisor wants them: how each is started and proved ready. How they are stopped is in
// stop-order.mjs.
import { aliveAnd, orStop, spawnServer } from '../processes/spawn.mjs';
import { waitFor } from '../processes/wait.mjs';
import { inRoot } from '../ready/places.mjs';
import { makePrivateFolder } from '../servers/account.mjs';
import { startPostgres } from '../servers/postgres.mjs';
import { redisBinary } from '../servers/redis-binary.mjs';
import { startRedis } from '../servers/redis.mjs';
import { keptLog } from './logs.mjs';

/** @typedef {import('../data/folder.mjs').DataFolder} DataFolder */
/** @typedef {import('../servers/account.mjs').Account} Account */
/** @typedef {{ workersAlive?: number }} Progress */
/** @typedef {(identity: import('../processes/identity.mjs').ProcessIdentity) => void} OnSpawn */

const READY_TIMEOUT_MS = 60_000;
const PROBE_TIMEOUT_MS = 2000;

/**
 * @param {DataFolder} folder
 * @param {import('../data/settings.mjs').PostgresSettings} settings
 * @param {import('../servers/postgres-binaries.mjs').PostgresBinaries} binaries
 * @param {Account | undefined} account
 */
export function postgresService(folder, settings, binaries, account) {
  return {
    name: 'postgres',
    /** @param {OnSpawn} onSpawn */
    start: (onSpawn) =>
      startPostgres({
        ...settings,
        folder: folder.postgres,
        log: keptLog(folder, 'postgres'),
        durable: true,
        binaries,
        account,
        onSpawn,
      }),
  };
}

/**
 * @param {DataFolder} folder
 * @param {import('../data/settings.mjs').ServerSettings} settings
 * @param {Account | undefined} account
 * @param {(line: string) => void} say
 */
export function redisService(folder, settings, account, say) {
  return {
    name: 'redis',
    /** @param {OnSpawn} onSpawn */
    start: async (onSpawn) => {
      makePrivateFolder(folder.redis, account);
      return startRedis({
        ...settings,
        folder: folder.redis,
        log: keptLog(folder, 'redis'),
        durable: true,
        command: await redisBinary(folder.programs, say),
        account,
        onSpawn,
      });
    },
  };
}

/** @param {DataFolder} folder @param {NodeJS.ProcessEnv} env @param {string} url */
export function controlPlaneService(folder, env, url) {
  const ready = async () => (await get(`${url}/api/v1/health/ready`)) !== undefined;
  return application('control-plane', folder, env, ready);
}

/** @param {DataFolder} folder @param {NodeJS.ProcessEnv} env @param {string} url */
export function workerService(folder, env, url) {
  const ready = async () => ((await get(`${url}/api/v1/health/progress`))?.workersAlive ?? 0) > 0;
  return application('worker', folder, env, ready);
}

/**
 * @param {string} name
 * @param {DataFolder} folder
 * @param {NodeJS.ProcessEnv} env
 * @param {() => Promise<boolean>} ready
 */
function application(name, folder, env, ready) {
  return {
    name,
    /** @param {OnSpawn} onSpawn */
    start: async (onSpawn) => {
      const log = keptLog(folder, name);
      const main = inRoot('apps', name, 'dist', 'main.js');
      const spawnOptions = { env, cwd: inRoot() };
      const running = await spawnServer(process.execPath, [main], { log, spawnOptions });
      onSpawn(running.identity);
      await orStop(running, () =>
        waitFor(
          `${name} to be ready (log: ${log})`,
          READY_TIMEOUT_MS,
          aliveAnd(running, name, ready),
        ),
      );
      return running;
    },
  };
}

/** @param {string} url @returns {Promise<Progress | undefined>} the JSON of a 200 */
async function get(url) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    if (answer.status !== 200) return undefined;
    /** @type {unknown} */
    const body = await answer.json();
    return /** @type {Progress} */ (body);
  } catch {
    return undefined;
  }
}
