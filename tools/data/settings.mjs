// What is chosen once for a data folder and then kept: the servers' ports and their random passwords. Readable by its
// owner only. Its presence also marks a folder as ours, without which `data:reset` deletes nothing.
import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { freePort, isPortFree } from '../servers/ports.mjs';
import { readJson } from '../json.mjs';

/** @typedef {{ port: number, password: string }} ServerSettings */
/** @typedef {ServerSettings & { superuserPassword: string }} PostgresSettings the application's password, and the superuser's */
/** @typedef {{ format: 1, postgres: PostgresSettings, redis: ServerSettings }} Settings */

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
    postgres: {
      ...(await settleServer(known?.postgres)),
      // A folder made before there were two has none yet; the next start of the server makes it true.
      superuserPassword: known?.postgres.superuserPassword ?? newPassword(),
    },
    redis: await settleServer(known?.redis),
  };
  if (JSON.stringify(settings) !== JSON.stringify(known)) {
    const unfinished = `${path}.unfinished`;
    writeFileSync(unfinished, JSON.stringify(settings), { mode: 0o600 });
    renameSync(unfinished, path);
  }
  return settings;
}

const newPassword = () => randomBytes(PASSWORD_BYTES).toString('hex');

/** @param {ServerSettings | undefined} known @returns {Promise<ServerSettings>} */
async function settleServer(known) {
  const password = known?.password ?? newPassword();
  const keep = known !== undefined && (await isPortFree(known.port));
  return { port: keep ? known.port : await freePort(), password };
}
