// Where everything that must outlive the clone is kept: $LASTREF_DATA, else /var/lib/lastref for root, else the XDG
// data folder. Never inside the clone, so that `git clean` loses nothing. As root, others may pass through the folder
// (the servers run as another account) but not list it; what is secret in it has modes of its own.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawnAs } from '../servers/account.mjs';

/**
 * @typedef {{
 *   path: string, settings: string, lock: string, running: string, processes: string,
 *   postgres: string, redis: string, programs: string, logs: string,
 * }} DataFolder
 */

/** @param {NodeJS.ProcessEnv} env @returns {DataFolder} names only; nothing is made */
export function dataFolder(env = process.env) {
  const path = resolve(env['LASTREF_DATA'] || defaultPath(env));
  /** @param {string} name */
  const inside = (name) => join(path, name);
  return {
    path,
    settings: inside('lastref.json'),
    lock: inside('start.lock'),
    running: inside('running.json'),
    processes: inside('processes.json'),
    postgres: inside('postgres'),
    redis: inside('redis'),
    programs: inside('programs'),
    logs: inside('logs'),
  };
}

/** @param {NodeJS.ProcessEnv} env */
function defaultPath(env) {
  if (process.getuid?.() === 0) return '/var/lib/lastref';
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'lastref');
}

/** @param {DataFolder} folder @param {import('../servers/account.mjs').Account | undefined} account */
export function makeDataFolder(folder, account) {
  const mode = account === undefined ? 0o700 : 0o711;
  mkdirSync(folder.path, { recursive: true });
  chmodSync(folder.path, mode);
  for (const path of [folder.programs, folder.logs]) mkdirSync(path, { recursive: true });
  chmodSync(folder.programs, 0o755);
  chmodSync(folder.logs, 0o700);
  if (account === undefined) return;
  try {
    execFileSync('test', ['-x', folder.programs], { ...spawnAs(account), stdio: 'ignore' });
  } catch {
    throw new Error(
      `As root the servers run as ${account.name}, who cannot enter ${folder.path}. ` +
        'Set LASTREF_DATA to a folder that others may pass through.',
    );
  }
}
