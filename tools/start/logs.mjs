// Log files of the services: appended to; at a start, a large one becomes `.1`, replacing the one before.
import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LOG_BYTES_MAX = 10 * 1024 ** 2;

/** @param {import('../data/folder.mjs').DataFolder} folder @param {string} name @returns {string} */
export function keptLog(folder, name) {
  const path = join(folder.logs, `${name}.log`);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES_MAX) renameSync(path, `${path}.1`);
  return path;
}
