// From an empty or kept data folder to a control plane and a worker that are both proved ready. DATABASE_URL and
// REDIS_URL, each on its own, replace our server by the caller's; ours is then neither made nor started.
import { requireFreeDisk, requireSameMajor, compareSchema } from '../data/checks.mjs';
import { randomBytes } from 'node:crypto';
import { applyMigrations } from '../data/migrations.mjs';
import { settleSettings } from '../data/settings.mjs';
import { postgresBinaries } from '../servers/postgres-binaries.mjs';
import { givenDatabase, givenRedis } from './given-servers.mjs';
import { controlPlaneService, postgresService, redisService, workerService } from './services.mjs';

const START_TOKEN_BYTES = 32;

/**
 * @param {{
 *   folder: import('../data/folder.mjs').DataFolder,
 *   account: import('../servers/account.mjs').Account | undefined,
 *   supervisor: import('./supervisor.mjs').Supervisor,
 *   address: import('./address.mjs').Address,
 *   say: (line: string) => void,
 * }} context
 * @returns {Promise<NodeJS.ProcessEnv>} the environment of the applications
 */
export async function startUp({ folder, account, supervisor, address, say }) {
  requireFreeDisk(folder);
  const settings = await settleSettings(folder.settings);
  const [databaseUrl, redisUrl] = await Promise.all([
    givenDatabase().then((given) => given ?? startOwnPostgres()),
    givenRedis().then((given) => given ?? startOwnRedis()),
  ]);
  if ((await compareSchema(databaseUrl)).pending) {
    say('Migrating the database');
    await applyMigrations(databaseUrl);
  }
  // Whoever starts the service is let in while it runs, whatever tokens there are: for the first campaign.
  const startToken = `lrt_${randomBytes(START_TOKEN_BYTES).toString('base64url')}`;
  const env = {
    ...process.env,
    NODE_ENV: process.env['NODE_ENV'] || 'production',
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    LASTREF_DATA: folder.path,
    LASTREF_HOST: address.host,
    LASTREF_PORT: String(address.port),
    LASTREF_START_TOKEN: startToken,
    LASTREF_TOKEN: startToken,
  };
  await supervisor.run(controlPlaneService(folder, env, address.url));
  await supervisor.run(workerService(folder, env, address.url));
  return env;

  async function startOwnPostgres() {
    const binaries = postgresBinaries(account, folder.programs);
    requireSameMajor(folder, binaries.major);
    const { url } = await supervisor.run(
      postgresService(folder, settings.postgres, binaries, account),
    );
    return url;
  }

  async function startOwnRedis() {
    const { url } = await supervisor.run(redisService(folder, settings.redis, account, say));
    return url;
  }
}
