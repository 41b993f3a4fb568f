// The database of a data folder, for as long as something needs it: the running one, else ours is started and
// stopped. Who wants to be alone with it is refused a running one, and may begin with an empty folder.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from '../processes/lock.mjs';
import { ProcessRegistry } from '../processes/registry.mjs';
import { serverAccount } from '../servers/account.mjs';
import { postgresBinaries } from '../servers/postgres-binaries.mjs';
import { applicationUrl, startPostgres } from '../servers/postgres.mjs';
import { STOP_ORDER } from '../start/stop-order.mjs';
import { requireSameMajor } from './checks.mjs';
import { readSettings, settleSettings } from './settings.mjs';

/**
 * @template T
 * @param {import('./folder.mjs').DataFolder} folder
 * @param {(url: string) => Promise<T>} use
 * @param {'beside' | 'alone'} [how]
 * @returns {Promise<T>}
 */
export async function withDatabase(folder, use, how = 'beside') {
  if (process.env['DATABASE_URL']) return use(process.env['DATABASE_URL']);
  if (how === 'beside' && !existsSync(folder.settings))
    throw new Error(`There is no data in ${folder.path}.`);
  const lock = takeLock(folder.lock);
  if (!lock.taken) {
    if (how === 'alone')
      throw new Error(
        `Lastref is running (process ${lock.holder.pid}). Stop it first, with Ctrl-C.`,
      );
    const settings = readSettings(folder.settings);
    if (settings === undefined) throw new Error(`${folder.path} is being set up; try again`);
    return use(applicationUrl(settings.postgres));
  }
  const registry = new ProcessRegistry(folder.processes, STOP_ORDER);
  try {
    await registry.stopAll();
    const account = serverAccount();
    const binaries = postgresBinaries(account, folder.programs);
    requireSameMajor(folder, binaries.major);
    const { url } = await startPostgres({
      ...(await settleSettings(folder.settings)).postgres,
      folder: folder.postgres,
      log: join(folder.logs, 'postgres.log'),
      durable: true,
      binaries,
      account,
      onSpawn: (identity) => {
        registry.add('postgres', identity);
      },
    });
    return await use(url);
  } finally {
    await registry.stopAll();
    lock.release();
  }
}
