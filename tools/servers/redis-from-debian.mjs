// Redis out of the distribution's own packages, without installing them: apt says which packages a redis-server needs
// that this machine lacks, `apt-get download` fetches them (signatures checked), `dpkg -x` unpacks them, and a
// launcher beside them sets the library path. Works without root. The system's package lists are used where they
// serve, else fresh ones in a folder of our own; nothing outside `programs` is written.
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { outputOf } from '../errors.mjs';

const run = promisify(execFile);
const PACKAGES = ['redis-server', 'valkey-server'];
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

const LAUNCHER = `#!/bin/sh
# Runs the unpacked server with the libraries unpacked beside it.
here=$(cd "$(dirname "$0")" && pwd)
libraries=$(find "$here/usr/lib" "$here/lib" -name '*.so*' -exec dirname {} + 2>/dev/null | sort -u | tr '\\n' ':')
export LD_LIBRARY_PATH="$libraries\${LD_LIBRARY_PATH:-}"
for server in redis-server valkey-server; do
  [ -e "$here/usr/bin/$server" ] && exec "$here/usr/bin/$server" "$@"
done
echo "no server in $here/usr/bin" >&2
exit 127
`;

/** The launcher's place, whether it is there or not. @param {string} programs */
export const unpackedRedis = (programs) => join(programs, 'redis', 'server');

/** @param {string} programs @returns {Promise<string>} the launcher */
export async function unpackRedis(programs) {
  const work = join(programs, `redis.unfinished.${process.pid}`);
  const tree = join(work, 'tree');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(tree, { recursive: true });
  try {
    await download(work);
    for (const name of readdirSync(work).filter((file) => file.endsWith('.deb'))) {
      await run('dpkg', ['-x', join(work, name), tree]);
    }
    writeFileSync(join(tree, 'server'), LAUNCHER);
    chmodSync(join(tree, 'server'), 0o755);
    await run('chmod', ['-R', 'a+rX', tree]);
    rmSync(join(programs, 'redis'), { recursive: true, force: true });
    renameSync(tree, join(programs, 'redis'));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return unpackedRedis(programs);
}

/** With the system's lists; when they are empty or out of date, with our own. @param {string} folder */
async function download(folder) {
  try {
    await downloadWith(folder, []);
  } catch {
    await downloadWith(folder, await ownLists(folder));
  }
}

/** @param {string} folder @param {string[]} options */
async function downloadWith(folder, options) {
  const failures = [];
  for (const name of PACKAGES) {
    try {
      const packages = await missingPackages(name, options);
      await apt([...options, 'download', ...packages], folder);
      return;
    } catch (error) {
      failures.push(lastLine(outputOf(error)));
    }
  }
  throw new Error(failures[0]);
}

/**
 * The package and what it depends on, less what is installed.
 * @param {string} name
 * @param {string[]} options
 */
async function missingPackages(name, options) {
  const { stdout } = await apt([
    ...options,
    '--simulate',
    '--no-install-recommends',
    'install',
    name,
  ]);
  return [...stdout.matchAll(/^Inst (\S+)/gm)].map((match) => match[1] ?? '');
}

/** Options that make apt use lists of our own, filled now. @param {string} folder */
async function ownLists(folder) {
  const lists = join(folder, 'lists');
  const cache = join(folder, 'cache');
  mkdirSync(join(lists, 'partial'), { recursive: true });
  mkdirSync(join(cache, 'archives', 'partial'), { recursive: true });
  const options = ['-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${cache}`];
  try {
    await apt([...options, 'update']);
  } catch {
    // A source of the machine's that does not answer, or a hook that needs root, does not matter if ours answered.
  }
  if (!readdirSync(lists).some((file) => file.includes('Packages'))) {
    throw new Error('apt-get update fetched no package list; is there a network?');
  }
  return options;
}

/** @param {string[]} args @param {string} [cwd] */
function apt(args, cwd = '/') {
  const options = ['-q', '-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User=root'];
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  return run('apt-get', [...options, ...args], { cwd, env, maxBuffer: OUTPUT_BYTES_MAX });
}

/** @param {string} text */
const lastLine = (text) => text.trimEnd().split('\n').at(-1) ?? '';
