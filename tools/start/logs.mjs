// Log files of the services, which append to them for as long as they run: a large one is moved to `.1`, replacing the one
// before, at a start and while they run. While they run it is copied and emptied, because the services hold it open; a line
// written in that moment may be lost.
import { copyFileSync, readdirSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

export const LOG_BYTES_MAX = 10 * 1024 ** 2;
const LOOK_MS = 5000;

/** @param {import('../data/folder.mjs').DataFolder} folder @param {string} name @returns {string} */
export function keptLog(folder, name) {
  const path = join(folder.logs, `${name}.log`);
  if (sizeOf(path) > LOG_BYTES_MAX) renameSync(path, `${path}.1`);
  return path;
}

/**
 * Looks at the logs from time to time, until this process ends.
 * @param {import('../data/folder.mjs').DataFolder} folder
 * @param {(line: string) => void} say
 */
export function keepLogsBounded(folder, say) {
  setInterval(() => {
    try {
      boundLogs(folder);
    } catch (error) {
      say(`Warning: the logs in ${folder.logs} cannot be bounded (${String(error)})`);
    }
  }, LOOK_MS).unref();
}

/** @param {import('../data/folder.mjs').DataFolder} folder @param {number} [bytesMax] */
export function boundLogs(folder, bytesMax = LOG_BYTES_MAX) {
  for (const name of readdirSync(folder.logs)) {
    const path = join(folder.logs, name);
    if (!name.endsWith('.log') || sizeOf(path) <= bytesMax) continue;
    try {
      copyFileSync(path, `${path}.1`);
    } catch {
      // The disk is full: half a copy helps nobody, and the log has to end all the same.
      rmSync(`${path}.1`, { force: true });
    }
    truncateSync(path);
  }
}

/** @param {string} path */
function sizeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
