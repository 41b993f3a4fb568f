// Runs Stryker over some files with some specs, and writes what became of each mutant: a process of its own, so that
// tools/mutants.mjs can end it when its time is up. Arguments: one JSON object.
import { writeFileSync } from 'node:fs';
import { Stryker } from '@stryker-mutator/core';
import { parseJson } from '../json.mjs';

/** @typedef {{ mutate: string[], excludedMutations: string[], out: string, tempDirName: string }} Options */
const { mutate, excludedMutations, out, tempDirName } = /** @type {Options} */ (
  parseJson(process.argv[2] ?? '{}')
);

// MUTANTS_PROCESSES: how many mutants are tried at once.
const results = await new Stryker({
  mutate,
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  mutator: { excludedMutations },
  jest: { configFile: 'tools/mutants/jest.engine.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env['MUTANTS_PROCESSES'] ?? 2),
  tempDirName,
  ignorePatterns: ['dist', '.nx', '.lastref', 'coverage', 'docker', 'docs'],
  // There is nothing to rewrite in it, and its `extends` are not read.
  tsconfigFile: 'no-tsconfig.json',
  reporters: ['progress-append-only'],
  warnings: {
    slow: false,
    unknownOptions: true,
    preprocessorErrors: true,
    unserializableOptions: true,
  },
  allowConsoleColors: false,
  timeoutMS: 10_000,
  timeoutFactor: 2,
  dryRunTimeoutMinutes: 15,
}).runMutationTest();

writeFileSync(
  out,
  JSON.stringify(
    results.map(({ fileName, location, mutatorName, replacement, status }) => ({
      file: fileName,
      start: location.start,
      end: location.end,
      mutator: mutatorName,
      now: replacement,
      status,
    })),
  ),
);
