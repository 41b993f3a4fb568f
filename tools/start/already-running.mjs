// The answer of a second start on the same data folder: where the first one is.
import { readFileSync } from 'node:fs';

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
    return JSON.parse(readFileSync(path, 'utf8')).url;
  } catch {
    return undefined;
  }
}
