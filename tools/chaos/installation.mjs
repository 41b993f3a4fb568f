// A throwaway installation: PostgreSQL, Redis, a control plane and workers on free ports of the loopback address, with data in a
// temporary folder. Each process is started again as soon as it ends, as a supervisor would; every one is handed to the keeper.
import { join } from 'node:path';
import { migrate } from '../../test/support/migrate.mjs';
import { throwawayPostgresOptions, throwawayRedisOptions } from '../../test/support/throwaway.mjs';
import { isAlive, sendSignal, stopProcess } from '../processes/identity.mjs';
import { spawnServer } from '../processes/spawn.mjs';
import { pause, waitFor } from '../processes/wait.mjs';
import { inRoot } from '../ready/places.mjs';
import { freePort, LOOPBACK } from '../servers/ports.mjs';
import { startPostgres } from '../servers/postgres.mjs';
import { startRedis } from '../servers/redis.mjs';
import { RESPAWN_MS } from './limits.mjs';

/** @typedef {import('../processes/identity.mjs').ProcessIdentity} ProcessIdentity */
/** @typedef {{ pid: () => number, identity: () => ProcessIdentity, stop: () => Promise<void> }} Kept */
/** @typedef {{ kill: () => Promise<number> }} Server `kill`: SIGKILL, and back on the same port once it is gone; the number of it */
/**
 * @typedef {{
 *   url: string, databaseUrl: string, redisUrl: string,
 *   controlPlane: Kept, workers: Kept[], postgres: Server, redis: Server,
 *   stop: () => Promise<void>,
 * }} Installation
 */

const READY_MS = 120_000;
const GRACE_MS = 20_000;

/**
 * @param {{
 *   folder: string, keeper: import('../../test/support/keeper.mjs').Keeper, workers: number, leaseMs: number,
 *   environment: Record<string, string>,
 * }} options
 * @returns {Promise<Installation>}
 */
export async function startInstallation({ folder, keeper, workers, leaseMs, environment }) {
  const postgresOptions = await throwawayPostgresOptions(folder, keeper);
  const redisOptions = await throwawayRedisOptions(folder, keeper);
  let postgres = await startPostgres(postgresOptions);
  let redis = await startRedis(redisOptions);
  await migrate(postgres.url);
  const port = await freePort();
  const url = `http://${LOOPBACK}:${port}`;
  const env = {
    PATH: process.env['PATH'] ?? '',
    NODE_ENV: 'production',
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    LASTREF_PORT: String(port),
    LASTREF_LEASE_MS: String(leaseMs),
    LASTREF_THREADS: '1',
    ...environment,
  };
  /** @param {string} name @param {string} app */
  const start = (name, app) => keepRunning(app, env, join(folder, `${name}.log`), keeper);
  const controlPlane = await start('control-plane', 'control-plane');
  await waitFor('the control plane to be ready', READY_MS, () => isReady(url));
  const names = Array.from({ length: workers }, (_, place) => `worker-${place + 1}`);
  const kept = await Promise.all(names.map((name) => start(name, 'worker')));
  return {
    url,
    databaseUrl: postgres.url,
    redisUrl: redis.url,
    controlPlane,
    workers: kept,
    postgres: {
      kill: async () => {
        const { identity } = postgres;
        // Not SIGKILL of the postmaster alone: its children would hold the port and the shared memory.
        await stopProcess(identity, 'SIGQUIT', GRACE_MS);
        postgres = await startPostgres(postgresOptions);
        return identity.pid;
      },
    },
    redis: {
      kill: async () => {
        const { identity } = redis;
        await stopProcess(identity, 'SIGKILL', GRACE_MS);
        redis = await startRedis(redisOptions);
        return identity.pid;
      },
    },
    stop: async () => {
      await Promise.all([...kept, controlPlane].map((one) => one.stop()));
    },
  };
}

/** @param {string} url */
async function isReady(url) {
  try {
    const { status } = await fetch(`${url}/api/v1/health/ready`, {
      signal: AbortSignal.timeout(2_000),
    });
    return status === 200;
  } catch {
    return false;
  }
}

/**
 * @param {string} app @param {Record<string, string>} env @param {string} log
 * @param {import('../../test/support/keeper.mjs').Keeper} keeper
 * @returns {Promise<Kept>}
 */
async function keepRunning(app, env, log, keeper) {
  const main = inRoot('apps', app, 'dist', 'main.js');
  const spawn = async () => {
    const running = await spawnServer(process.execPath, [main], { log, spawnOptions: { env } });
    keeper.server(running.identity, 'SIGTERM');
    return running;
  };
  let running = await spawn();
  const stopping = new AbortController();
  const goesOn = () => !stopping.signal.aborted;
  const loop = (async () => {
    while (goesOn()) {
      await running.exited;
      if (goesOn()) await pause(RESPAWN_MS);
      if (goesOn()) running = await spawn().catch(() => running);
    }
  })();
  return {
    pid: () => running.identity.pid,
    identity: () => running.identity,
    stop: async () => {
      stopping.abort();
      if (isAlive(running.identity)) sendSignal(running.identity, 'SIGCONT');
      await stopProcess(running.identity, 'SIGTERM', GRACE_MS);
      await loop;
    },
  };
}
