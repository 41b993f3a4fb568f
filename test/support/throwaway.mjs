// Real servers for tests, in a temporary folder, faster than durable ones.
// Every process is handed to the keeper before its readiness is awaited. Redis runs as the current user, PostgreSQL,
// which refuses root, as the servers' account.
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makePrivateFolder, serverAccount } from '../../tools/servers/account.mjs';
import { freePort } from '../../tools/servers/ports.mjs';
import { postgresBinaries } from '../../tools/servers/postgres-binaries.mjs';
import { redisBinary } from '../../tools/servers/redis-binary.mjs';
import { startRedis } from '../../tools/servers/redis.mjs';

/** Programs unpacked for tests stay between runs, like everything else under node_modules. */
const PROGRAMS = fileURLToPath(
  new URL('../../node_modules/.cache/lastref/programs', import.meta.url),
);

const PASSWORD_BYTES = 16;

/**
 * The options are also those of a second start on the same port and data.
 * @param {string} folder @param {import('./keeper.mjs').Keeper} keeper
 */
export async function throwawayPostgresOptions(folder, keeper) {
  const account = serverAccount();
  return {
    folder: join(folder, 'postgres'),
    log: join(folder, 'postgres.log'),
    port: await freePort(),
    password: randomBytes(PASSWORD_BYTES).toString('hex'),
    superuserPassword: randomBytes(PASSWORD_BYTES).toString('hex'),
    durable: false,
    binaries: postgresBinaries(account, folder),
    account,
    /** @param {import('./keeper.mjs').ProcessIdentity} identity */
    onSpawn: (identity) => {
      keeper.server(identity, 'SIGQUIT');
    },
  };
}

/** The redis-server of tests, unpacked once where none is installed. */
export function throwawayRedisBinary() {
  mkdirSync(PROGRAMS, { recursive: true });
  return redisBinary(PROGRAMS, (line) => process.stderr.write(`${line}\n`));
}

/**
 * The options are also those of a second start on the same port, without the data: it keeps none.
 * @param {string} folder @param {import('./keeper.mjs').Keeper} keeper
 */
export async function throwawayRedisOptions(folder, keeper) {
  makePrivateFolder(join(folder, 'redis'), undefined);
  return {
    folder: join(folder, 'redis'),
    log: join(folder, 'redis.log'),
    port: await freePort(),
    password: randomBytes(PASSWORD_BYTES).toString('hex'),
    durable: false,
    command: await throwawayRedisBinary(),
    account: undefined,
    /** @param {import('./keeper.mjs').ProcessIdentity} identity */
    onSpawn: (identity) => {
      keeper.server(identity, 'SIGTERM');
    },
  };
}

/** @param {string} folder @param {import('./keeper.mjs').Keeper} keeper */
export async function throwawayRedis(folder, keeper) {
  return startRedis(await throwawayRedisOptions(folder, keeper));
}
