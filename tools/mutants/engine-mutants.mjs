// Mutants of a folder of the engine, by Stryker: each is shown the specs of its target (targets.mjs) that run its line.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './files.mjs';

/** A folder takes a quarter of an hour to an hour on two cores; what takes longer hangs. */
const LIMIT_MS = 3 * 60 * 60_000;

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
  const options = { files, out, incrementalFile: join(work, `${name}.incremental.json`) };
  await finished(
    spawn(
      process.execPath,
      [join(import.meta.dirname, 'stryker-run.mjs'), JSON.stringify(options)],
      {
        cwd: ROOT,
        stdio: 'inherit',
        env: { ...process.env, MUTANTS_SPECS: specs.join(',') },
      },
    ),
  );
  const found = JSON.parse(readFileSync(out, 'utf8'));
  return found.map(({ file, start, end, now, status }) => ({
    file,
    line: start.line,
    was: textBetween(file, start, end),
    now,
    status,
  }));
}

/** @param {import('node:child_process').ChildProcess} child */
function finished(child) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGTERM');
    }, LIMIT_MS);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(undefined);
      else reject(new Error(`Stryker ended with ${code ?? signal}`));
    });
  });
}

/** What a mutant replaced; lines count from 1, columns from 1, as in its report. */
function textBetween(file, start, end) {
  const lines = readFileSync(join(ROOT, file), 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? '').slice(0, end.column - 1);
  lines[0] = (lines[0] ?? '').slice(start.column - 1);
  return lines.join('\n');
}
