// What is wrong, from the facts of a machine; each finding says what to do.
import { isOlder } from '../ready/node-version.mjs';

/** @typedef {import('./look.mjs').MachineFacts} MachineFacts */
/** @typedef {{ name: string, state: 'ok' | 'warning' | 'fault', found: string, advice?: string }} Check */

const GIB = 1024 ** 3;
const LEAST_FREE_BYTES = GIB;
const MOST_LOG_BYTES = GIB;
const OTHERS = 0o077;

/** @param {string} name @param {string} found @returns {Check} */
const ok = (name, found) => ({ name, state: 'ok', found });
/** @param {string} name @param {string} found @param {string} advice @returns {Check} */
const warning = (name, found, advice) => ({ name, state: 'warning', found, advice });
/** @param {string} name @param {string} found @param {string} advice @returns {Check} */
const fault = (name, found, advice) => ({ name, state: 'fault', found, advice });

/** @param {MachineFacts} facts @returns {Check[]} */
export function judgeMachine(facts) {
  return [node, disk, data, secrets, start, processes, port, logs].map((judge) => judge(facts));
}

/** @param {MachineFacts} facts */
function node({ node: { version, wanted } }) {
  if (!isOlder(version, wanted)) return ok('node', `Node ${version}`);
  return fault('node', `Node ${version}`, `Install Node ${wanted} or newer.`);
}

/** @param {MachineFacts} facts */
function disk({ disk: { path, freeBytes } }) {
  const found = `${(freeBytes / GIB).toFixed(1)} GiB free at ${path}`;
  if (freeBytes >= LEAST_FREE_BYTES) return ok('disk', found);
  return fault('disk', found, 'Free some, or set LASTREF_DATA to a folder on another disk.');
}

/** @param {MachineFacts} facts */
function data({ data: { path, exists, settings, postgresMajor } }) {
  if (settings !== undefined)
    return fault(
      'data folder',
      settings,
      'Update this clone, or set LASTREF_DATA to another folder.',
    );
  if (!exists)
    return warning(
      'data folder',
      `none at ${path}`,
      'npm start makes one; or set LASTREF_DATA to yours.',
    );
  return ok('data folder', `${path}, PostgreSQL ${postgresMajor ?? 'elsewhere'}`);
}

/** @param {MachineFacts} facts */
function secrets({ data: { path, settingsMode } }) {
  if (settingsMode === undefined) return ok('secrets', 'none kept');
  if ((settingsMode & OTHERS) === 0) return ok('secrets', 'readable by their owner only');
  const file = `${path}/lastref.json`;
  return fault('secrets', `others may read ${file}, which has passwords`, `Run chmod 600 ${file}.`);
}

/** @param {MachineFacts} facts */
function start({ holder, data: { exists } }) {
  if (holder !== undefined) return ok('npm start', `runs as process ${holder}`);
  const found = 'not running on this data folder';
  return exists ? warning('npm start', found, 'Start it: npm start.') : ok('npm start', found);
}

/** @param {MachineFacts} facts */
function processes({ holder, processes: known }) {
  const alive = known.filter((one) => one.alive).map(({ name }) => name);
  const dead = known.filter((one) => !one.alive).map(({ name }) => name);
  const found = `alive: ${alive.join(', ') || 'none'}`;
  if (holder === undefined && alive.length > 0)
    return fault(
      'processes',
      `${found}, left behind by a start that ended`,
      'Run npm start: it stops them first.',
    );
  if (holder !== undefined && dead.length > 0)
    return fault(
      'processes',
      `${found}; dead: ${dead.join(', ')}`,
      'See logs/ in the data folder.',
    );
  return ok('processes', found);
}

/** @param {MachineFacts} facts */
function port({ port: { number, free }, ourPortOwner }) {
  if (ourPortOwner) return ok('port', `${number} is ours`);
  if (free) return ok('port', `${number} is free`);
  return fault(
    'port',
    `${number} is taken by another program`,
    'Stop that program, or set LASTREF_PORT to another port.',
  );
}

/** @param {MachineFacts} facts */
function logs({ logs: { bytes, lastError } }) {
  const found = `${Math.ceil(bytes / 1024 ** 2)} MiB of logs`;
  if (bytes > MOST_LOG_BYTES)
    return warning(
      'logs',
      found,
      'Restart: a start begins large logs anew; then delete the old ones.',
    );
  return ok('logs', lastError === undefined ? found : `${found}; last error: ${lastError}`);
}
