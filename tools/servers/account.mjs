// Who the servers run as. PostgreSQL refuses to run as root; as root both servers run as `postgres` where that user
// exists, else as `nobody`. No user is ever created. An ordinary user's servers run as that user.
import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';

/** @typedef {{ name: string, uid: number, gid: number }} Account */

const CANDIDATES = ['postgres', 'nobody'];

/** @returns {Account | undefined} undefined: the current user */
export function serverAccount() {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of CANDIDATES) {
    const uid = idOf('-u', name);
    const gid = idOf('-g', name);
    if (uid !== undefined && gid !== undefined) return { name, uid, gid };
  }
  throw new Error(
    `As root the servers need one of the users ${CANDIDATES.join(', ')}. Run as an ordinary user.`,
  );
}

/** @param {string} flag @param {string} name */
function idOf(flag, name) {
  try {
    /** @type {import('node:child_process').StdioOptions} */
    const stdio = ['ignore', 'pipe', 'ignore'];
    return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio }));
  } catch {
    return undefined;
  }
}

/**
 * Options of `spawn` for a server. The working folder is one that every account may enter.
 * @param {Account | undefined} account
 */
export function spawnAs(account) {
  return account === undefined ? { cwd: '/' } : { cwd: '/', uid: account.uid, gid: account.gid };
}

/** A folder only the account may enter. @param {string} path @param {Account | undefined} account */
export function makePrivateFolder(path, account) {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}
