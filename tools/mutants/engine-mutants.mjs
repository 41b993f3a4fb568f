// Mutants of a folder of the engine, by Stryker: each is shown the specs of its target (targets.mjs) that run its line.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { readJson } from '../json.mjs';
import { ROOT } from './files.mjs';

/** A folder takes a quarter of an hour to an hour on two cores; what takes longer hangs. */
const LIMIT_MS = 3 * 60 * 60_000;
const SIGNALS = ['SIGINT', 'SIGTERM'];

/** @typedef {{ file: string, line: number, was: string, now: string, status: string }} Mutant */

/**
 * @param {{ folder: string, specs: readonly string[] }} target
 * @param {readonly string[]} files
 * @returns {Promise<Mutant[]>}
 */
export async function engineMutants({ folder, specs }, files) {
  const work = join(ROOT, '.lastref/mutants');
  mkdirSync(work, { recursive: true });
  const name = folder.replaceAll('/', '-');
  const out = join(work, `${name}.json`);
  rmSync(out, { force: true });
  // Outside of the clone: Jest would find every package twice.
  const tempDirName = mkdtempSync(join(tmpdir(), 'lastref-mutants-'));
  const incrementalFile = join(work, `${name}.incremental.json`);
  const options = JSON.stringify({ files, out, incrementalFile, tempDirName });
  try {
    await finished(
      spawn(process.execPath, [join(import.meta.dirname, 'stryker-run.mjs'), options], {
        cwd: ROOT,
        stdio: 'inherit',
        detached: true,
        env: { ...process.env, MUTANTS_SPECS: specs.join(',') },
      }),
    );
  } finally {
    rmSync(tempDirName, { recursive: true, force: true });
  }
  const found = /** @type {import('./stryker-run.mjs').Found[]} */ (readJson(out));
  return found.map(({ file, start, end, now, status }) => ({
    file: relative(ROOT, file),
    line: start.line,
    was: textBetween(relative(ROOT, file), start, end),
    now,
    status,
  }));
}

/**
 * Its test runners outlive Stryker if it alone is stopped, so its whole group is.
 * @param {import('node:child_process').ChildProcess} child
 */
function finished(child) {
  const stop = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(stop, LIMIT_MS);
    for (const signal of SIGNALS) process.once(signal, stop);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      for (const name of SIGNALS) process.off(name, stop);
      if (code === 0) resolve(undefined);
      else reject(new Error(`Stryker ended with ${code ?? signal}`));
    });
  });
}

/**
 * What a mutant replaced; lines count from 1, columns from 1, as in its report.
 * @param {string} file
 * @param {import('./stryker-run.mjs').Position} start
 * @param {import('./stryker-run.mjs').Position} end
 */
function textBetween(file, start, end) {
  const lines = readFileSync(join(ROOT, file), 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? '').slice(0, end.column - 1);
  lines[0] = (lines[0] ?? '').slice(start.column - 1);
  return lines.join('\n');
}
