/**
 * The specs of the engine that a mutant is shown to, in one file: modules are loaded once per mutant instead of once per
 * spec, and the first failing test ends all. `npm run mutants` names them, as paths of specs or of folders, quick ones first.
 * Each stands in a describe of its own, so that the name of a test tells its place.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const chosen = (process.env['MUTANTS_SPECS'] ?? '').split(',').filter((path) => path !== '');

const specsIn = (path: string): string[] =>
  statSync(join(ROOT, path)).isDirectory()
    ? readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.spec.ts'))
        .sort()
        .map((name) => join(path, name))
    : [path];

for (const path of chosen.flatMap(specsIn))
  describe(path, () => {
    jest.requireActual(join(ROOT, path));
  });
