// The build is current when every project has its output and no source has changed since the stamp. Nx decides what
// really has to be compiled, so a stamp that is needlessly old costs little.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, stampFolder } from './places.mjs';
import { runQuietly } from './run-quietly.mjs';
import { readStamp, treeDigest, writeStamp } from './stamps.mjs';

const STAMP = join(stampFolder, 'build');
const SHARED = ['package-lock.json', 'tsconfig.base.json', 'nx.json', 'prisma/schema.prisma'];

function projects() {
  const all = ['apps', 'libs'].flatMap((group) =>
    readdirSync(inRoot(group)).map((name) => inRoot(group, name)),
  );
  return all.filter((project) => existsSync(join(project, 'src')));
}

function digest() {
  const sources = projects().flatMap((project) =>
    ['src', 'package.json', 'tsconfig.json'].map((name) => join(project, name)),
  );
  return treeDigest([...SHARED.map((name) => inRoot(name)), ...sources]);
}

/** @returns {boolean} */
export function buildIsCurrent() {
  /** @param {string} project */
  const built = (project) => existsSync(join(project, 'dist', '.tsbuildinfo'));
  return projects().every(built) && readStamp(STAMP) === digest();
}

/** @returns {Promise<void>} */
export async function build() {
  const before = digest();
  const nx = inRoot('node_modules', '.bin', 'nx');
  await runQuietly(process.execPath, [nx, 'run-many', '-t', 'build', '--outputStyle=static']);
  writeStamp(STAMP, before);
}
