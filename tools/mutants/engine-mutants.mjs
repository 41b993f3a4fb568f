// Mutants of a folder of the engine, by Stryker: each is shown the specs of its target (targets.mjs) that run its line.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { readJson } from '../json.mjs';
import { ROOT } from './files.mjs';
import { keepResults, keyOf, knownResults } from './known-results.mjs';

/** A folder takes a quarter of an hour to an hour on two cores; what takes longer hangs. */
const LIMIT_MS = 3 * 60 * 60_000;
const SIGNALS = ['SIGINT', 'SIGTERM'];

/** @typedef {import('./known-results.mjs').Result} Result */
/** @typedef {import('./known-results.mjs').Position} Position */
/** @typedef {{ file: string, line: number, was: string, now: string, status: string }} Mutant */

/**
 * The first group of specs sees every mutant, each next one those that were left alive; what a group came to is kept at
 * once.
 * @param {{ folder: string, stages: readonly (readonly string[])[], without?: readonly string[] }} target
 * @param {readonly string[]} files
 * @returns {Promise<{ files: string[], mutants: Mutant[] }>} files of which anything is known, and theirs
 */
export async function engineMutants({ stages, without = [] }, files) {
  /** @type {Map<string, Result[]>} */
  const found = new Map();
  for (const file of files) {
    const known = knownResults(file);
    if (known !== undefined) found.set(file, known);
  }
  for (const specs of stages) {
    const mutate = files.flatMap(
      (file) => found.get(file)?.filter(isAlive).map(rangeIn(file)) ?? [file],
    );
    if (mutate.length === 0) continue;
    for (const [file, results] of await shown(mutate, without, specs)) {
      found.set(file, joined(found.get(file), results));
      keepResults(file, found.get(file) ?? []);
    }
  }
  const mutants = [...found].flatMap(([file, results]) =>
    results.map(({ start, end, now, status }) => ({
      file,
      line: start.line,
      was: textBetween(file, start, end),
      now,
      status,
    })),
  );
  return { files: [...found.keys()], mutants };
}

/** @param {Result} result */
const isAlive = ({ status }) => status === 'Survived' || status === 'NoCoverage';

/** Columns of ranges count from 0, those of results from 1. @param {string} file @returns {(result: Result) => string} */
const rangeIn =
  (file) =>
  ({ start, end }) =>
    `${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;

/** A range holds other mutants too: what killed one before is believed. @param {Result[] | undefined} before @param {Result[]} after */
function joined(before, after) {
  if (before === undefined) return after;
  const now = new Map(after.map((result) => [keyOf(result), result]));
  return before.map((result) => (isAlive(result) ? (now.get(keyOf(result)) ?? result) : result));
}

/**
 * One run of Stryker.
 * @param {readonly string[]} mutate files, or ranges in them
 * @param {readonly string[]} excludedMutations Stryker's names
 * @param {readonly string[]} specs
 * @returns {Promise<Map<string, Result[]>>} by file
 */
async function shown(mutate, excludedMutations, specs) {
  // Outside of the clone: Jest would find every package twice.
  const tempDirName = mkdtempSync(join(tmpdir(), 'lastref-mutants-'));
  const out = join(tempDirName, 'results.json');
  const options = JSON.stringify({
    mutate,
    excludedMutations,
    out,
    tempDirName: join(tempDirName, 'sandbox'),
  });
  try {
    await finished(
      spawn(process.execPath, [join(import.meta.dirname, 'stryker-run.mjs'), options], {
        cwd: ROOT,
        stdio: 'inherit',
        detached: true,
        env: { ...process.env, MUTANTS_SPECS: specs.join(',') },
      }),
    );
    const all = /** @type {readonly (Result & { file: string })[]} */ (readJson(out));
    /** @type {Map<string, Result[]>} */
    const byFile = new Map();
    for (const { file, ...result } of all) {
      const name = relative(ROOT, file);
      byFile.set(name, [...(byFile.get(name) ?? []), result]);
    }
    return byFile;
  } finally {
    rmSync(tempDirName, { recursive: true, force: true });
  }
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
 * @param {Position} start
 * @param {Position} end
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
