// Writes libs/kernel/src/primitives/index.ts: the list of all families of operations, from the files of the folder.
// `node tools/generate/primitives.mjs` writes it, `--check` says whether it is current. A family is a file that exports
// `operations`, and `kinds` if it brings kinds of fields.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../libs/kernel/src/primitives');
const target = join(folder, 'index.ts');

const families = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && name !== 'index.ts' && !name.endsWith('.spec.ts'))
  .map((name) => name.slice(0, -3))
  .sort();
const bringsKinds = (family) =>
  /^export const kinds = /m.test(readFileSync(join(folder, `${family}.ts`), 'utf8'));
const variable = (family) => family.replace(/-./g, (dash) => dash.slice(1).toUpperCase());

const text = `/** All families of operations, and all kinds of fields. Generated from the files of this folder: npm run generate. */
${families.map((family) => `import * as ${variable(family)} from './${family}.js';`).join('\n')}

export const FAMILIES = {
${families.map((family) => `  ${variable(family) === family ? family : `'${family}': ${variable(family)}`},`).join('\n')}
} as const;

export const OPERATIONS = {
${families.map((family) => `  ...${variable(family)}.operations,`).join('\n')}
};

export const KINDS_OF_FIELDS = {
${families
  .filter(bringsKinds)
  .map((family) => `  ...${variable(family)}.kinds,`)
  .join('\n')}
};
`;

if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error('libs/kernel/src/primitives/index.ts is not current: npm run generate');
  process.exitCode = 1;
}
