// Writes docs/primitives.md, the reference of all operations and kinds of fields, from their definitions in the compiled
// kernel. `npm run generate` writes it, `--check` says whether it is current.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { FAMILIES } from '@lastref/kernel';

/** @typedef {import('@lastref/kernel').Operation} Operation */
/** @typedef {import('@lastref/kernel').FieldKind} FieldKind */

const target = join(import.meta.dirname, '../../docs/primitives.md');

/** Text of a table's cell. @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|');
/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
const table = (head, rows) => [
  `| ${head.join(' | ')} |`,
  `| ${head.map(() => '---').join(' | ')} |`,
  ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
];

/** @param {import('@lastref/kernel').Operand} operand */
function operandText(operand) {
  switch (operand.is) {
    case 'dst':
      return `→ ${operand.name}`;
    case 'place':
      return `${operand.name}: ${operand.of.join(' or ')}, ${operand.touch}`;
    case 'pointer':
      return `${operand.name}: ${operand.to}, ${operand.touch}`;
    case 'table':
    case 'registry':
    case 'count':
      return `${operand.name}: ${operand.is}, ${operand.touch}`;
    case 'ambient':
      return `(${operand.name}, ${operand.touch})`;
    case 'module':
      return `module: users ${operand.users}, text ${operand.text}`;
    case 'value':
    case 'index':
    case 'comparison':
    case 'type':
    case 'member':
    case 'check':
    case 'task':
      return operand.name === operand.is ? operand.is : `${operand.name}: ${operand.is}`;
  }
}

/** @param {Operation} operation */
function waitText({ wait, sleeps }) {
  if (wait === 'never') return sleeps ? 'sleeps' : '';
  const known = wait.holders === 'unknown' ? 'waits' : 'waits for holders';
  return [
    known,
    ...(wait.timeout ? ['may time out'] : []),
    ...(wait.signal === undefined
      ? []
      : [`or for ${wait.signal === 'any' ? 'a' : 'a fatal'} signal`]),
    ...(wait.external ? ['for ever is no failure'] : []),
    ...(sleeps ? ['sleeps'] : []),
  ].join(', ');
}

/** @param {Operation} operation */
function lockText({ lock }) {
  if (lock === 'none') return '';
  const parts = [
    ...(lock.takes === 'nothing' ? [] : [`takes ${lock.takes}`]),
    ...(lock.gives === 'nothing' ? [] : [`gives ${lock.gives}`]),
    ...(lock.blockedBy.length === 0 ? [] : [`blocked by ${lock.blockedBy.join(', ')}`]),
    ...(lock.ordered ? ['orders'] : []),
  ];
  return parts.join('; ');
}

/** @param {Operation} operation */
const traits = (operation) => [
  ...(operation.warnsInInterrupt === undefined ? [] : ['warns in an interrupt']),
  ...(operation.local ? ['local'] : []),
  ...(operation.branches ? ['two exits'] : []),
  ...(operation.mayFail ? ['may fail'] : []),
  ...(operation.partOf === undefined ? [] : [`a step of ${operation.partOf}`]),
  ...operation.raises,
];

/** @param {[name: string, operation: Operation]} entry */
const operationRow = ([name, operation]) => [
  `\`${name}\``,
  operation.says,
  operation.operands.map(operandText).join('; '),
  waitText(operation),
  lockText(operation),
  traits(operation).join(', '),
  operation.kernel,
];

/** @param {[name: string, kind: FieldKind]} entry */
const kindRow = ([name, kind]) => [`\`${name}\``, kind.c, kind.lock, kind.range];

/** @type {Readonly<Record<string, { operations: Readonly<Record<string, Operation>>, kinds?: Readonly<Record<string, FieldKind>> }>>} */
const families = FAMILIES;

const lines = Object.entries(families).flatMap(([family, { operations, kinds }]) => [
  `## ${family}`,
  '',
  ...(kinds === undefined
    ? []
    : [...table(['field', 'C type', 'lock', 'range'], Object.entries(kinds).map(kindRow)), '']),
  ...table(
    ['operation', 'what it does', 'operands', 'waits', 'lock', 'else', 'kernel'],
    Object.entries(operations).map(operationRow),
  ),
  '',
]);

const text = `# Primitives

What the simulated kernel offers, written from the definitions in \`libs/kernel/src/primitives\` by \`npm run generate\`.
An operand is touched for reading (\`reads\`), by a change that commutes with others like it (\`joins\`), or by one that
does not (\`writes\`). A lock is held \`exclusive\` or \`shared\`, or \`awaited\` by a writer that keeps new readers out.
Each operation is one step unless it is local; every place reports use-after-free and null-deref.

${lines.join('\n')}`;

const formatted = await format(text, { ...(await resolveConfig(target)), parser: 'markdown' });
if (!process.argv.includes('--check')) writeFileSync(target, formatted);
else if (readFileSync(target, 'utf8') !== formatted) {
  console.error('docs/primitives.md is not current: npm run generate');
  process.exitCode = 1;
}
