// Which Redis to run: $REDIS_SERVER, else one from PATH, else the distribution's package unpacked into our own
// folder. npm has none that starts on Debian 12. A system package is never installed.
import { execFileSync } from 'node:child_process';
import { unpackedRedis, unpackRedis } from './redis-from-debian.mjs';
import { messageOf } from '../errors.mjs';

const ON_PATH = ['redis-server', 'valkey-server'];

const INSTALL_IT =
  'Redis is missing. Install it (Debian, Ubuntu: apt-get install redis-server; Fedora: dnf install valkey; ' +
  'macOS: brew install redis), or name a redis-server in REDIS_SERVER, or a running one in REDIS_URL.';

/**
 * @param {string} programs where a downloaded package is kept
 * @param {(line: string) => void} say
 * @returns {Promise<string>} the command
 */
export async function redisBinary(programs, say) {
  const named = process.env['REDIS_SERVER'];
  if (named) {
    if (runs(named)) return named;
    throw new Error(`REDIS_SERVER names ${named}, which does not run. Correct it or unset it.`);
  }
  const present = [...ON_PATH, unpackedRedis(programs)].find(runs);
  if (present !== undefined) return present;
  if (!runs('apt-get') || !runs('dpkg')) throw new Error(INSTALL_IT);
  say("Redis is not installed: unpacking the distribution's package into our own folder");
  try {
    const unpacked = await unpackRedis(programs);
    if (runs(unpacked)) return unpacked;
    throw new Error('the unpacked program does not run');
  } catch (error) {
    throw new Error(`${INSTALL_IT} (Downloading the package failed: ${messageOf(error)})`);
  }
}

/** @param {string} command */
function runs(command) {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
