// What is chosen once for a data folder and then kept: the servers' ports and their random passwords. Readable by its
// owner only. Its presence also marks a folder as ours, without which `data:reset` deletes nothing.
import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { freePort, isPortFree } from '../servers/ports.mjs';
import { readJson } from '../json.mjs';

/** @typedef {{ port: number, password: string }} ServerSettings */
/** @typedef {{ format: 1, postgres: ServerSettings, redis: ServerSettings }} Settings */

const FORMAT = 1;
const PASSWORD_BYTES = 24;

/** @param {string} path @returns {Settings | undefined} */
export function readSettings(path) {
  if (!existsSync(path)) return undefined;
  const settings = /** @type {Settings | { format: undefined }} */ (readJson(path));
  if (settings.format === FORMAT) return settings;
  throw new Error(
    `${path} was written by a newer Lastref. Update this clone, or set LASTREF_DATA.`,
  );
}

/**
 * The kept settings, with another port where somebody else has taken one.
 * @param {string} path
 * @returns {Promise<Settings>}
 */
export async function settleSettings(path) {
  const known = readSettings(path);
  /** @type {Settings} */
  const settings = {
    format: FORMAT,
    postgres: await settleServer(known?.postgres),
    redis: await settleServer(known?.redis),
  };
  if (JSON.stringify(settings) !== JSON.stringify(known)) {
    const unfinished = `${path}.unfinished`;
    writeFileSync(unfinished, JSON.stringify(settings), { mode: 0o600 });
    renameSync(unfinished, path);
  }
  return settings;
}

/** @param {ServerSettings | undefined} known @returns {Promise<ServerSettings>} */
async function settleServer(known) {
  const password = known?.password ?? randomBytes(PASSWORD_BYTES).toString('hex');
  const keep = known !== undefined && (await isPortFree(known.port));
  return { port: keep ? known.port : await freePort(), password };
}
