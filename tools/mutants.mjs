// `npm run mutants [path ...]`: changes the code under the paths in small ways, one at a time, and sees whether a test
// notices. Without a path: everything in tools/mutants/targets.mjs. What is found is written into docs/testing.md, file by
// file; `--kept` runs nothing and writes what earlier runs found of files that have not changed since.
import { engineMutants } from './mutants/engine-mutants.mjs';
import { isWithin, sourcesIn } from './mutants/files.mjs';
import { printed, recordScore } from './mutants/score.mjs';
import { sqlMutants } from './mutants/sql-mutants.mjs';
import { SQL_FOLDER, TARGETS } from './mutants/targets.mjs';

const given = process.argv.slice(2);
const kept = given.includes('--kept');
const paths = given
  .filter((argument) => argument !== '--kept')
  .map((path) => path.replace(/\/+$/, ''));
const all = [...TARGETS.map(({ folder }) => folder), SQL_FOLDER];

for (const path of paths)
  if (!all.some((folder) => isWithin(path, folder) || isWithin(folder, path))) {
    console.error(`nothing under ${path} is mutated; choose from:\n  ${all.join('\n  ')}`);
    process.exit(2);
  }

/** @param {string} folder */
function filesOf(folder) {
  if (paths.length === 0 || paths.some((path) => isWithin(folder, path))) return sourcesIn(folder);
  return paths.filter((path) => isWithin(path, folder)).flatMap(sourcesIn);
}

for (const folder of all) {
  const files = filesOf(folder);
  const target = TARGETS.find((one) => one.folder === folder);
  if (files.length === 0 || (kept && target === undefined)) continue;
  const found =
    target === undefined
      ? { files, mutants: await sqlMutants(files) }
      : await engineMutants(kept ? { ...target, stages: [] } : target, files);
  if (found.files.length === 0) continue;
  console.log(printed(folder, found.mutants));
  recordScore(folder, found);
}
