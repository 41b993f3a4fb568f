// Mutants of the SQL: Stryker leaves what stands inside a string alone, so a copy of the clone is changed in one place at a
// time and shown to the specs that go through storage, on one PostgreSQL and one Redis for all of them.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import startServers from '../../test/support/global-setup.mjs';
import stopServers from '../../test/support/global-teardown.mjs';
import { ROOT } from './files.mjs';
import { changesOf } from './sql-text.mjs';

const COPIED = ['apps', 'libs', 'prisma', 'test', 'tools', 'jest.config.mjs', 'package.json'];
const LEFT_BEHIND = /(^|\/)node_modules(\/|$)/;
/** A test that hangs (a lock that is never given back) is a mutant that is dead. */
const LIMIT_MS = 5 * 60_000;

/**
 * @param {readonly string[]} files
 * @returns {Promise<import('./engine-mutants.mjs').Mutant[]>}
 */
export async function sqlMutants(files) {
  const work = files.map((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    return { file, text, changes: changesOf(file, text) };
  });
  const all = work.reduce((sum, { changes }) => sum + changes.length, 0);
  const copy = copied();
  const mutants = [];
  try {
    await startServers();
    const before = await specs(copy);
    if (before !== 'Survived') throw new Error(`the specs fail without any mutant (${before})`);
    for (const { file, text, changes } of work)
      for (const { start, end, was, now } of changes) {
        writeFileSync(join(copy, file), text.slice(0, start) + now + text.slice(end));
        const status = await specs(copy);
        writeFileSync(join(copy, file), text);
        const line = text.slice(0, start).split('\n').length;
        mutants.push({ file, line, was, now, status });
        console.log(`${mutants.length}/${all} ${status} ${file}:${line} ${was} -> ${now}`);
      }
  } finally {
    await stopServers();
    rmSync(copy, { recursive: true, force: true });
  }
  return mutants;
}

function copied() {
  const copy = mkdtempSync(join(tmpdir(), 'lastref-sql-mutants-'));
  for (const name of COPIED)
    cpSync(join(ROOT, name), join(copy, name), {
      recursive: true,
      filter: (path) => !LEFT_BEHIND.test(relative(ROOT, path)),
    });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** @param {string} copy @returns {Promise<'Killed' | 'Survived' | 'Timeout'>} */
function specs(copy) {
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'node_modules/jest/bin/jest.js'),
      ...['--config', join(copy, 'tools/mutants/jest.storage.mjs')],
      ...['--bail', '--maxWorkers', '2'],
    ],
    { cwd: copy, stdio: 'ignore', env: { ...process.env, TZ: 'America/New_York' } },
  );
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, LIMIT_MS);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(late ? 'Timeout' : code === 0 ? 'Survived' : 'Killed');
    });
  });
}
