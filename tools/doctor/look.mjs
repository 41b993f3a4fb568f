// The facts of this machine that an installation depends on. What cannot be read is a fact too.
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { dataFolder } from '../data/folder.mjs';
import { readSettings } from '../data/settings.mjs';
import { messageOf } from '../errors.mjs';
import { readJson } from '../json.mjs';
import { isAlive } from '../processes/identity.mjs';
import { inRoot } from '../ready/places.mjs';
import { majorOf } from '../servers/postgres-folder.mjs';
import { isPortFree } from '../servers/ports.mjs';
import { apiAddress } from '../start/address.mjs';
import { readUrl } from '../start/already-running.mjs';

/** @typedef {import('../processes/identity.mjs').ProcessIdentity} ProcessIdentity */
/**
 * @typedef {{
 *   node: { version: string, wanted: string },
 *   data: { path: string, exists: boolean, settings: string | undefined, settingsMode: number | undefined,
 *     postgresMajor: number | undefined },
 *   holder: number | undefined,
 *   processes: readonly { name: string, pid: number, alive: boolean }[],
 *   port: { number: number, free: boolean },
 *   ourPortOwner: boolean,
 *   disk: { path: string, freeBytes: number },
 *   logs: { bytes: number, lastError: string | undefined },
 * }} MachineFacts
 */

/** @param {NodeJS.ProcessEnv} env @returns {Promise<MachineFacts>} */
export async function lookAround(env = process.env) {
  const folder = dataFolder(env);
  const processes = registered(folder.processes);
  const ourPortOwner = processes.some(({ name, alive }) => name === 'control-plane' && alive);
  // What runs may have been started with another LASTREF_PORT than this shell has.
  const running = ourPortOwner ? readUrl(folder.running) : undefined;
  const port = running === undefined ? apiAddress(env).port : Number(new URL(running).port);
  const { engines } = /** @type {{ engines: { node: string } }} */ (
    readJson(inRoot('package.json'))
  );
  return {
    node: { version: process.versions.node, wanted: engines.node.replace('>=', '') },
    data: {
      path: folder.path,
      exists: existsSync(folder.settings),
      settings: faultOf(() => readSettings(folder.settings)),
      settingsMode: statSync(folder.settings, { throwIfNoEntry: false })?.mode,
      postgresMajor: existsSync(folder.postgres) ? majorOf(folder.postgres) : undefined,
    },
    holder: livingHolder(folder.lock),
    processes,
    port: { number: port, free: await isPortFree(port) },
    ourPortOwner,
    disk: freeAt(folder.path),
    logs: logsOf(folder.logs),
  };
}

/** @param {() => unknown} read @returns {string | undefined} */
function faultOf(read) {
  try {
    read();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** @param {string} path */
function registered(path) {
  if (faultOf(() => readJson(path)) !== undefined) return [];
  const entries = /** @type {[string, ProcessIdentity][]} */ (readJson(path));
  return entries.map(([name, identity]) => ({
    name,
    pid: identity.pid,
    alive: isAlive(identity),
  }));
}

/** @param {string} path @returns {number | undefined} */
function livingHolder(path) {
  if (faultOf(() => readJson(path)) !== undefined) return undefined;
  const holder = /** @type {ProcessIdentity} */ (readJson(path));
  return isAlive(holder) ? holder.pid : undefined;
}

/** Of the folder, or of the nearest one above it that exists. @param {string} path */
function freeAt(path) {
  let place = path;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  const { bavail, bsize } = statfsSync(place);
  return { path: place, freeBytes: bavail * bsize };
}

const TAIL_BYTES = 64 * 1024;

/** @param {string} path */
function logsOf(path) {
  if (faultOf(() => readdirSync(path)) !== undefined) return { bytes: 0, lastError: undefined };
  const files = readdirSync(path).map((name) => join(path, name));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  return { bytes, lastError: lastErrorOf(files.filter((file) => file.endsWith('.log'))) };
}

/** The last line of an application's log that tells of an error. @param {string[]} files @returns {string | undefined} */
function lastErrorOf(files) {
  for (const file of files.filter((one) => /(worker|control-plane)\.log$/.test(one))) {
    const line = tailOf(file).findLast((one) => /"level":(50|60)\b|^lastref /.test(one));
    if (line !== undefined) return line.slice(0, 200);
  }
  return undefined;
}

/** The lines at its end; the first may be a part of one. @param {string} file @returns {string[]} */
function tailOf(file) {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8').split('\n');
  } finally {
    closeSync(descriptor);
  }
}
