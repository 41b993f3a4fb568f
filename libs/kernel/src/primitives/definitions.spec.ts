/**
 * What every definition comes to, beside its step: operands and touches, waits, locks, exits, detectors, how it reads; and
 * the slots of every kind of field. Read by others (reduction, symmetry, reports), so a change must be one on purpose:
 * `npm run golden` writes definitions.golden.txt anew. Sentences and kernel functions stand in docs/primitives.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FieldKind } from '../operation/field-kind.js';
import type { Operation } from '../operation/operation.js';
import { KINDS_OF_FIELDS, OPERATIONS } from './index.js';

const GOLDEN = join(__dirname, 'definitions.golden.txt');
const SIZES = { objects: 5, tasks: 3, lists: 7, disables: true, exclusive: true };

/** What stands in a definition; of a function only that it is there. */
const told = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === 'function' ? '(code)' : part));

function linesOf(name: string, operation: Operation): string[] {
  const { operands, wait, lock, text } = operation;
  const elsewhere = { operands: undefined, wait: undefined, lock: undefined, text: undefined };
  const notHere = { step: undefined, says: undefined, kernel: undefined };
  const parts = operands.map((operand) => `<${operand.name}>`);
  return [
    name,
    ...operands.map((operand) => `  operand ${told(operand)}`),
    `  wait ${told(wait)}`,
    `  lock ${told(lock)}`,
    `  else ${told({ ...operation, ...elsewhere, ...notHere })}`,
    ...(text === undefined ? [] : [`  reads ${text(parts)}`]),
  ];
}

function linesOfKind(name: string, kind: FieldKind): string[] {
  const { slots, ...traits } = kind;
  const plain = slots({ name: 'f', kind: name }, SIZES);
  const ranged = slots({ name: 'f', kind: name, min: -2, max: 4, init: 3 }, SIZES);
  return [name, `  ${told(traits)}`, `  slots ${told(plain)}`, `  ranged ${told(ranged)}`];
}

it('every definition is the one of the golden file', () => {
  const lines = [
    ...Object.entries<Operation>(OPERATIONS).flatMap(([name, one]) => linesOf(name, one)),
    '',
    ...Object.entries<FieldKind>(KINDS_OF_FIELDS).flatMap(([name, one]) => linesOfKind(name, one)),
  ];
  const text = `${lines.join('\n')}\n`;
  if (process.env['WRITE_GOLDEN'] === '1') writeFileSync(GOLDEN, text);
  expect(text).toBe(readFileSync(GOLDEN, 'utf8'));
});
