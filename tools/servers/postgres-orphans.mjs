// Backends that have outlived their postmaster. One that computes does not notice that the postmaster was killed, and until it is
// done no other postmaster can have the data folder. They are told by their working folder, which is the data folder, and ended:
// nobody is left whom they could answer. Linux only; elsewhere the next start waits for them, attempt by attempt.
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { identify, stopProcess } from '../processes/identity.mjs';

const GRACE_MS = 2000;

/** Only for whoever holds the lock of the data folder. @param {string} folder */
export async function endOrphans(folder) {
  if (process.platform !== 'linux') return;
  const real = realpathSync(folder);
  const ours = readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .filter((pid) => isOf(pid, real));
  const orphans = ours.filter((pid) => !hasPostmaster(pid, ours));
  await Promise.all(
    orphans.map(async (pid) => {
      const identity = identify(Number(pid));
      if (identity !== undefined) await stopProcess(identity, 'SIGQUIT', GRACE_MS);
    }),
  );
}

/** @param {string} pid @param {string} folder */
function isOf(pid, folder) {
  try {
    const isPostgres = readFileSync(`/proc/${pid}/comm`, 'latin1').trim() === 'postgres';
    return isPostgres && readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
}

/**
 * Whether it is the child of one of ours, or a postmaster itself, whose command line is not the title of a backend.
 * @param {string} pid @param {readonly string[]} ours
 */
function hasPostmaster(pid, ours) {
  try {
    const parent = /^PPid:\s+([0-9]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
    return ours.includes(parent ?? '') || !command.startsWith('postgres: ');
  } catch {
    return true;
  }
}
