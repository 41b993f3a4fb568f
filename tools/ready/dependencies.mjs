// Dependencies are current when node_modules was made from this package-lock.json. A stamp says so at once; without
// one (somebody ran `npm ci` by hand) npm's own record in node_modules is compared with the lock, package by package.
// Install scripts are not run: none of the dependencies needs one.
import { contentDigest, readStamp, writeStamp } from './stamps.mjs';
import { inRoot } from './places.mjs';
import { runQuietly } from './run-quietly.mjs';
import { readJson } from '../json.mjs';

const LOCK = inRoot('package-lock.json');
const STAMP = inRoot('node_modules', '.lastref-lock');
const NPM_RECORD = inRoot('node_modules', '.package-lock.json');

/** @returns {boolean} */
export function dependenciesAreCurrent() {
  const digest = contentDigest([LOCK]);
  if (readStamp(STAMP) === digest) return true;
  if (!installedAsLocked()) return false;
  try {
    writeStamp(STAMP, digest);
  } catch {
    // A clone that cannot be written to is compared anew each time.
  }
  return true;
}

/** @returns {Promise<void>} */
export async function installDependencies() {
  const env = { ...process.env };
  delete env['NODE_ENV'];
  await runQuietly(
    'npm',
    ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'],
    env,
  );
  writeStamp(STAMP, contentDigest([LOCK]));
}

function installedAsLocked() {
  const installed = packagesOf(NPM_RECORD);
  if (installed === undefined) return false;
  const locked = packagesOf(LOCK) ?? {};
  return Object.entries(locked).every(([place, wanted]) => {
    if (!place.startsWith('node_modules/')) return true;
    const found = installed[place];
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} Package */

/** @param {string} path @returns {Readonly<Record<string, Package>> | undefined} */
function packagesOf(path) {
  try {
    const lock = /** @type {{ packages: Record<string, Package> }} */ (readJson(path));
    return lock.packages;
  } catch {
    return undefined;
  }
}
