// `npm run mutants [path ...]`: changes the code under the paths in small ways, one at a time, and sees whether a test
// notices. Without a path: everything in tools/mutants/targets.mjs. A run over a whole folder of that list writes its score
// and its survivors into docs/testing.md; a run over less only prints them.
import { engineMutants } from './mutants/engine-mutants.mjs';
import { isWithin, sourcesIn } from './mutants/files.mjs';
import { printed, recordScore } from './mutants/score.mjs';
import { sqlMutants } from './mutants/sql-mutants.mjs';
import { SQL_FOLDER, TARGETS } from './mutants/targets.mjs';

const paths = process.argv.slice(2).map((path) => path.replace(/\/+$/, ''));
const all = [...TARGETS.map(({ folder }) => folder), SQL_FOLDER];

for (const path of paths)
  if (!all.some((folder) => isWithin(path, folder) || isWithin(folder, path))) {
    console.error(`nothing under ${path} is mutated; choose from:\n  ${all.join('\n  ')}`);
    process.exit(2);
  }

/** @param {string} folder */
function filesOf(folder) {
  if (paths.length === 0) return { files: sourcesIn(folder), whole: true };
  const inside = paths.filter((path) => isWithin(path, folder) && path !== folder);
  const whole = paths.some((path) => isWithin(folder, path));
  return { files: whole ? sourcesIn(folder) : inside.flatMap(sourcesIn), whole };
}

for (const folder of all) {
  const { files, whole } = filesOf(folder);
  if (files.length === 0) continue;
  const target = TARGETS.find((one) => one.folder === folder);
  const mutants =
    target === undefined ? await sqlMutants(files) : await engineMutants(target, files);
  console.log(printed(folder, mutants));
  if (whole) recordScore(folder, mutants);
}
