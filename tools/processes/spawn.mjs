// Starts a long-lived process on its own: detached (a Ctrl-C in the terminal reaches only the supervisor, which stops
// the others in order), output to a log file, and identified at once so that a caller can register it before it
// waits.
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { identify, stopProcess } from './identity.mjs';

/**
 * @typedef {{
 *   identity: import('./identity.mjs').ProcessIdentity,
 *   exited: Promise<string>,
 *   hasExited: () => boolean,
 *   said: () => string,
 * }} RunningProcess
 */

const LOG_TAIL_LINES = 10;

/**
 * @param {string} command @param {string[]} args
 * @param {{ log: string, stdin?: string, spawnOptions?: import('node:child_process').SpawnOptions }} options
 * @returns {Promise<RunningProcess>}
 */
export async function spawnServer(command, args, { log, stdin, spawnOptions = {} }) {
  const output = openSync(log, 'a', 0o600);
  const before = fstatSync(output).size;
  const said = () => tail(log, before);
  const child = spawn(command, args, {
    ...spawnOptions,
    detached: true,
    stdio: [stdin === undefined ? 'ignore' : 'pipe', output, output],
  });
  closeSync(output);
  await new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  let ended = false;
  /** @type {Promise<string>} */
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      ended = true;
      resolve(signal ?? `exit code ${code}`);
    });
  });
  child.stdin?.on('error', () => {});
  child.stdin?.end(stdin);
  child.unref();
  const identity = child.pid === undefined ? undefined : identify(child.pid);
  if (identity === undefined) throw new Error(`${command} ended at once:\n${said()}`);
  return { identity, exited, hasExited: () => ended, said };
}

/** The last lines of what this process has logged. @param {string} log @param {number} from */
function tail(log, from) {
  const bytes = readFileSync(log);
  // A log that was emptied meanwhile is all of it.
  const text = bytes.subarray(bytes.length < from ? 0 : from).toString('utf8');
  return text.trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
}

/**
 * A probe for `waitFor` that gives up when the process has ended.
 * @param {RunningProcess} running
 * @param {string} what
 * @param {() => Promise<boolean>} probe
 */
export function aliveAnd(running, what, probe) {
  return async () => {
    if (running.hasExited())
      throw new Error(`${what} ended before it was ready:\n${running.said()}`);
    return probe();
  };
}

/**
 * Runs `ready`; if it fails the process is stopped before the error goes on.
 * @param {RunningProcess} running
 * @param {() => Promise<unknown>} ready
 */
export async function orStop(running, ready) {
  try {
    await ready();
  } catch (error) {
    await stopProcess(running.identity, 'SIGKILL', 0);
    throw error;
  }
}
