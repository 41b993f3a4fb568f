// A process by number and start time, because numbers are reused: what a crashed start left behind may be stopped by
// the next one only if it still is that process. On Linux the start time is in clock ticks since boot, so the boot's
// own id is part of it; elsewhere it is what `ps` prints.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { waitFor } from './wait.mjs';
import { codeOf } from '../errors.mjs';

/** @typedef {{ pid: number, startedAt: string }} ProcessIdentity */

const STATE_FIELD = 0;
const START_TIME_FIELD = 19;

/**
 * @param {number} pid
 * @returns {string | undefined} undefined when there is no such process (a zombie is none)
 */
function startTimeOf(pid) {
  return process.platform === 'linux' ? linuxStartTime(pid) : psStartTime(pid);
}

/** @param {number} pid */
function linuxStartTime(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[STATE_FIELD] === 'Z' || fields[STATE_FIELD] === 'X') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot}:${fields[START_TIME_FIELD]}`;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function psStartTime(pid) {
  try {
    const out = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    });
    return out.trim() === '' || out.startsWith('Z') ? undefined : out.trim().replace(/^\S+\s+/, '');
  } catch {
    return undefined;
  }
}

/** @param {number} pid @returns {ProcessIdentity | undefined} */
export function identify(pid) {
  const startedAt = startTimeOf(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** @param {ProcessIdentity} identity @returns {boolean} */
export function isAlive({ pid, startedAt }) {
  return startTimeOf(pid) === startedAt;
}

/**
 * Sends `signal`, waits, then kills. Returns when the process is gone.
 * @param {ProcessIdentity} identity @param {NodeJS.Signals} signal @param {number} graceMs
 */
export async function stopProcess(identity, signal, graceMs) {
  if (!sendSignal(identity, signal)) return;
  const gone = () => !isAlive(identity);
  try {
    await waitFor(`process ${identity.pid} to end`, graceMs, gone);
  } catch {
    sendSignal(identity, 'SIGKILL');
    await waitFor(`process ${identity.pid} to end after SIGKILL`, 10_000, gone);
  }
}

/**
 * @param {ProcessIdentity} identity
 * @param {NodeJS.Signals} signal
 * @returns {boolean} whether it was still there
 */
export function sendSignal(identity, signal) {
  if (!isAlive(identity)) return false;
  try {
    process.kill(identity.pid, signal);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
    throw error;
  }
}
