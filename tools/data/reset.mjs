// Deletes what Lastref keeps in a data folder: only if it is one of ours and nobody is using it, and only files of
// ours, so that a LASTREF_DATA that names a folder with other things in it loses none of them.
import { existsSync, readdirSync, rmSync, rmdirSync } from 'node:fs';
import { takeLock } from '../processes/lock.mjs';
import { ProcessRegistry } from '../processes/registry.mjs';
import { STOP_ORDER } from '../start/stop-order.mjs';

/** @param {import('./folder.mjs').DataFolder} folder @param {boolean} confirmed @returns {Promise<string>} */
export async function resetData(folder, confirmed) {
  if (!existsSync(folder.settings)) return `There is no data in ${folder.path}.`;
  if (!confirmed) {
    return `This deletes every campaign and bug in ${folder.path}. To do so: npm run data:reset -- --yes`;
  }
  const lock = takeLock(folder.lock);
  if (!lock.taken) {
    throw new Error(`Lastref is running (process ${lock.holder.pid}). Stop it first, with Ctrl-C.`);
  }
  await new ProcessRegistry(folder.processes, STOP_ORDER).stopAll();
  const { path, ...ours } = folder;
  for (const place of Object.values(ours)) rmSync(place, { recursive: true, force: true });
  if (readdirSync(path).length === 0) rmdirSync(path);
  return `Deleted the data in ${path}.`;
}
