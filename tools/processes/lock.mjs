// One holder at a time, by a file that names the holder's process. A holder that died is replaced; one that lives is
// reported to the caller. The file appears with its content (hard link), so nobody ever reads half of it.
import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { identify, isAlive } from './identity.mjs';
import { codeOf } from '../errors.mjs';
import { readJson } from '../json.mjs';

const ATTEMPTS_MAX = 20;

/**
 * @param {string} path
 * @returns {{ taken: true, release: () => void } | { taken: false, holder: import('./identity.mjs').ProcessIdentity }}
 */
export function takeLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(identify(process.pid)), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      if (link(mine, path))
        return {
          taken: true,
          release: () => {
            rmSync(path, { force: true });
          },
        };
      const holder = readHolder(path);
      if (holder !== undefined && isAlive(holder)) return { taken: false, holder };
      discardStale(path);
    }
    throw new Error(
      `The lock ${path} changes hands too fast. Remove that file if no start is running.`,
    );
  } finally {
    rmSync(mine, { force: true });
  }
}

/** @param {string} path @returns {import('./identity.mjs').ProcessIdentity | undefined} */
function readHolder(path) {
  try {
    return /** @type {import('./identity.mjs').ProcessIdentity} */ (readJson(path));
  } catch {
    return undefined;
  }
}

/**
 * Takes the file away first and looks again: it may have become a living holder's meanwhile.
 * @param {string} path
 */
function discardStale(path) {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const holder = readHolder(aside);
  if (holder !== undefined && isAlive(holder)) link(aside, path);
  rmSync(aside, { force: true });
}

/** @param {string} from @param {string} to @returns {boolean} false when `to` exists */
function link(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}
