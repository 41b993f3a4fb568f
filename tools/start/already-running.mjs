// The answer of a second start on the same data folder: where the first one is.
import { readJson } from '../json.mjs';

/**
 * @param {import('../data/folder.mjs').DataFolder} folder
 * @param {{ pid: number }} holder
 * @param {(line: string) => void} say
 */
export function tellRunning(folder, holder, say) {
  const url = readUrl(folder.running);
  if (url === undefined)
    say(`Lastref is being started by process ${holder.pid} (data: ${folder.path})`);
  else say(`Lastref is already running: ${url}`);
}

/** @param {string} path @returns {string | undefined} */
export function readUrl(path) {
  try {
    const { url } = /** @type {{ url: string }} */ (readJson(path));
    return url;
  } catch {
    return undefined;
  }
}
