// The near end of the reaper: what is handed to `server` and `folder` is gone after `close`, or after the death of
// this process. One path for both, so the one for disasters is exercised by every run.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** @typedef {import('../../tools/processes/identity.mjs').ProcessIdentity} ProcessIdentity */
/**
 * @typedef {{
 *   server: (identity: ProcessIdentity, signal: NodeJS.Signals) => void,
 *   folder: (path: string) => void,
 *   close: () => Promise<void>,
 * }} Keeper
 */

/** @returns {Keeper} */
export function startKeeper() {
  const reaper = spawn(
    process.execPath,
    [fileURLToPath(new URL('./reaper.mjs', import.meta.url))],
    {
      detached: true,
      stdio: ['pipe', 'inherit', 'inherit'],
    },
  );
  const ended = new Promise((resolve) =>
    reaper.once('exit', () => {
      resolve(undefined);
    }),
  );
  /** @param {object} entry */
  const tell = (entry) => reaper.stdin.write(`${JSON.stringify(entry)}\n`);
  return {
    server: (identity, signal) => tell({ identity, signal }),
    folder: (path) => tell({ folder: path }),
    close: () => {
      reaper.stdin.end();
      return ended;
    },
  };
}

const OF_RUN = Symbol.for('lastref.test.keeper');

/** Hands the keeper of a whole run from its set-up to its teardown. @param {object} run @param {Keeper} keeper */
export function keepFor(run, keeper) {
  Object.assign(run, { [OF_RUN]: keeper });
}

/** @param {object} run @returns {Keeper | undefined} */
export function keeperOf(run) {
  return /** @type {{ [OF_RUN]?: Keeper }} */ (run)[OF_RUN];
}
