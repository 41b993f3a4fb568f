// PostgreSQL's data folder: made under another name and renamed when complete, so a start that was cut off leaves no
// half-made one behind; and freed of the pid file of a dead server whose number now belongs to somebody else.
import { execFile } from 'node:child_process';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makePrivateFolder, spawnAs } from './account.mjs';
import { SUPERUSER } from './postgres-application.mjs';
import { outputOf } from '../errors.mjs';

/** The PostgreSQL major that made a data folder. @param {string} folder @returns {number | undefined} */
export function majorOf(folder) {
  const file = join(folder, 'PG_VERSION');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined;
}

/** @param {import('./postgres.mjs').PostgresOptions} options @returns {Promise<void>} */
export async function makeFolder({ folder, superuserPassword, account, binaries, durable }) {
  const unfinished = `${folder}.unfinished`;
  const passwordFile = `${folder}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  makePrivateFolder(unfinished, account);
  const args = ['-D', unfinished, '-U', SUPERUSER, `--pwfile=${passwordFile}`];
  args.push('--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions');
  if (!durable) args.push('--no-sync');
  try {
    writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
    if (account !== undefined) chownSync(passwordFile, account.uid, account.gid);
    await promisify(execFile)(binaries.initdb, args, spawnAs(account));
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(`initdb failed for ${folder}: ${outputOf(error)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, folder);
}

/**
 * After a crash or a restart of a container the number in postmaster.pid may be that of any other process, and
 * PostgreSQL would then refuse to start. Linux only; elsewhere PostgreSQL's own judgement stands.
 * @param {string} folder
 */
export function forgetDeadPostmaster(folder) {
  const file = join(folder, 'postmaster.pid');
  if (process.platform !== 'linux' || !existsSync(file)) return;
  const pid = Number.parseInt(readFileSync(file, 'latin1'), 10);
  if (commandName(pid) !== 'postgres') rmSync(file, { force: true });
}

/** @param {number} pid */
function commandName(pid) {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'latin1').trim();
  } catch {
    return undefined;
  }
}
