// Runs Stryker over some files with some specs, and writes what became of each mutant: a process of its own, so that
// tools/mutants.mjs can end it when its time is up. Arguments: one JSON object, { files, out, incrementalFile }.
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';

const { files, out, incrementalFile } = JSON.parse(process.argv[2] ?? '{}');

const results = await new Stryker({
  mutate: files,
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { configFile: 'tools/mutants/jest.engine.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  incremental: true,
  incrementalFile,
  // Outside of the clone: Jest would find every package twice.
  tempDirName: join(tmpdir(), `lastref-mutants-${process.pid}`),
  ignorePatterns: ['dist', '.nx', '.lastref', 'coverage', 'docker', 'docs'],
  // There is nothing to rewrite in it, and its `extends` are not read.
  tsconfigFile: 'no-tsconfig.json',
  reporters: ['progress-append-only'],
  warnings: { slow: false },
  allowConsoleColors: false,
  timeoutMS: 15_000,
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
