/**
 * Every spec of the engine in one file, for mutation testing only: modules are loaded once per mutant instead of once per
 * spec, and the first failing test ends the file. What a mutant needs no more than once a day is left out by name.
 * Each spec stands in a describe of its own, so that the name of a test tells its place.
 */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(__dirname, '../..');
const FOLDERS = [
  'libs/kernel/src',
  'libs/authoring/src',
  'libs/exploration/src',
  'libs/shrinking/src',
  'test/engine',
];

/** Minutes under instrumentation, and what they kill others kill; or they write files. */
const LEFT_OUT = [
  'test/engine/fuzz/fuzz-programs.spec.ts',
  'test/engine/golden/write.spec.ts',
  'test/engine/shrink/large.spec.ts',
];

const specs = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.spec.ts'))
    .map((name) => join(ROOT, folder, name)),
).filter((path) => !LEFT_OUT.includes(relative(ROOT, path)));

for (const path of specs.sort())
  describe(relative(ROOT, path), () => {
    require(path);
  });
