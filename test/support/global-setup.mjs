// Before a Jest run with servers: one PostgreSQL with a migrated database that serves as template, and one Redis.
// Specs reach them through database.ts. Nothing is mocked. The keeper stops them even if this run is killed.
import { startPostgres } from '../../tools/servers/postgres.mjs';
import { keepFor, startKeeper } from './keeper.mjs';
import { migrate } from './migrate.mjs';
import { makeTempFolder } from './temp-folder.mjs';
import { throwawayPostgresOptions, throwawayRedis } from './throwaway.mjs';

export default async function globalSetup() {
  const keeper = startKeeper();
  keepFor(globalThis, keeper);
  try {
    const folder = makeTempFolder('tests');
    keeper.folder(folder);
    const [postgres, redis] = await Promise.all([
      throwawayPostgresOptions(folder, keeper).then(startPostgres),
      throwawayRedis(folder, keeper),
    ]);
    await migrate(postgres.url);
    process.env['LASTREF_TEST_DATABASE_URL'] = postgres.url;
    process.env['LASTREF_TEST_REDIS_URL'] = redis.url;
  } catch (error) {
    await keeper.close();
    throw error;
  }
}
