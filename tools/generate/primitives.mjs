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
/** A family's operations, in order: name, and whether it waits and is local, which the kernel checks when it loads. @param {string} family */
const operationsOf = (family) => {
  const [, list = ''] = sourceOf(family).split('export const operations = {');
  return [...list.matchAll(/^ {2}(\w+): operation\(\{$([^]*?)^ {2}\}\),$/gm)].map(
    ([, name = '', body = '']) => ({
      name,
      waits: /^ {4}wait: (?!'never')/m.test(body),
      isLocal: /^ {4}(\.\.\.LOCAL,|local: true)/m.test(body),
    }),
  );
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

const operations = families
  .flatMap((family) => operationsOf(family).map((op) => ({ ...op, family: variable(family) })))
  .map((op, number) => ({
    ...op,
    number,
    step: `${op.name}Step`.replace(/_./g, (joint) => joint.slice(1).toUpperCase()),
  }));

/**
 * A switch over numbers of operations.
 * @param {typeof operations} chosen
 * @param {(op: (typeof operations)[number]) => string} call
 */
const jump = (chosen, call) => `  switch (op) {
${chosen.map((op) => `    case ${op.number}:\n      return ${call(op)};`).join('\n')}
    default:
      throw new AssertionError(\`operation \${op} is none of these\`);
  }`;

const dispatch = `/**
 * Jumps from an operation's number, its place in the catalogue, to its step and to what it waits for. Generated: npm run
 * generate. Switches and not tables of functions, and steps that are constants of this file, because the compiler then puts
 * those that run most into their callers.
 */
import { AssertionError } from '../assert.js';
import type { Kernel } from '../operation/kernel.js';
${families.map((family) => `import { operations as ${variable(family)} } from './${family}.js';`).join('\n')}

${operations.map(({ family, name, step }) => `const ${step} = ${family}.${name}.step;`).join('\n')}
${operations
  .filter(({ waits }) => waits)
  .map(
    ({ family, name, step }) =>
      `const ${step.replace(/Step$/, 'Until')} = ${family}.${name}.wait.until;`,
  )
  .join('\n')}

/** Executes the operation of that number. @returns the next program counter, or Exit.failed */
export function execute(m: Kernel, task: number, row: number, fault: boolean, op: number): number {
${jump(operations, ({ step }) => `${step}(m, task, row, fault)`)}
}

/** The same for local operations, which are few: small enough to be put into the loop that runs them. */
export function executeLocal(m: Kernel, task: number, row: number, op: number): number {
${jump(
  operations.filter(({ isLocal }) => isLocal),
  ({ step }) => `${step}(m, task, row, false)`,
)}
}

/** Whether a task at the operation of that number, one that waits, can go on. */
export function passes(m: Kernel, task: number, row: number, op: number): boolean {
${jump(
  operations.filter(({ waits }) => waits),
  ({ step }) => `${step.replace(/Step$/, 'Until')}(m, task, row)`,
)}
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
