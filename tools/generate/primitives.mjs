// Writes two files of libs/kernel/src/primitives from the files of the folder: index.ts, the list of all families of
// operations, and dispatch.ts, the jump from an operation's number to its step. `npm run generate` writes them, `--check`
// says whether they are current. A family is a file that exports `operations`, and `kinds` if it brings kinds of fields.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../libs/kernel/src/primitives');
const GENERATED = ['index.ts', 'dispatch.ts'];

const families = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !GENERATED.includes(name))
  .map((name) => name.slice(0, -3))
  .sort();
/** @param {string} family */
const sourceOf = (family) => readFileSync(join(folder, `${family}.ts`), 'utf8');
/** @param {string} family */
const bringsKinds = (family) => /^export const kinds = /m.test(sourceOf(family));
/** Names of a family's operations, in order. @param {string} family */
const operationsOf = (family) => {
  const [, list = ''] = sourceOf(family).split('export const operations = {');
  return [...list.matchAll(/^ {2}(\w+): operation\(/gm)].map(([, name = '']) => name);
};
/** @param {string} family */
const variable = (family) => family.replace(/-./g, (dash) => dash.slice(1).toUpperCase());

const index = `/** All families of operations, and all kinds of fields. Generated from the files of this folder: npm run generate. */
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

const operations = families.flatMap((family) =>
  operationsOf(family).map((name) => ({ family: variable(family), name })),
);

const dispatch = `/**
 * One jump from an operation's number, its place in the catalogue, to its step. Generated: npm run generate. A switch and
 * not a table of functions, because the compiler puts the steps that run most into it: an interpreted step costs a sixth less.
 */
import { AssertionError } from '../assert.js';
import type { Kernel } from '../operation/kernel.js';
${families.map((family) => `import { operations as ${variable(family)} } from './${family}.js';`).join('\n')}

/** Executes the operation of that number. @returns the next program counter, or Exit.failed */
export function execute(m: Kernel, task: number, row: number, fault: boolean, op: number): number {
  switch (op) {
${operations
  .map(
    ({ family, name }, i) =>
      `    case ${i}:\n      return ${family}.${name}.step(m, task, row, fault);`,
  )
  .join('\n')}
    default:
      throw new AssertionError(\`there is an operation number \${op}\`);
  }
}
`;

for (const { name, text } of [
  { name: 'index.ts', text: index },
  { name: 'dispatch.ts', text: dispatch },
]) {
  const target = join(folder, name);
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) {
    console.error(`libs/kernel/src/primitives/${name} is not current: npm run generate`);
    process.exitCode = 1;
  }
}
