/** Every mutant is caught by its detector and by no other (matrix.golden.txt is diagonal); every twin is clean. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prove } from '@lastref/exploration';
import { kindOf, KINDS, type Program } from '@lastref/kernel';
import { tiny } from '../support/tiny.js';
import { CONTEXT_MUTANTS } from './context-mutants.js';
import { HANDLER_MUTANTS } from './handler-mutants.js';
import { MUTANTS } from './mutants.js';
import { QUEUE_MUTANTS } from './queue-mutants.js';
import { RCU_MUTANTS } from './rcu-mutants.js';

const EVERY_MUTANT = [
  ...MUTANTS,
  ...CONTEXT_MUTANTS,
  ...RCU_MUTANTS,
  ...QUEUE_MUTANTS,
  ...HANDLER_MUTANTS,
];

const kinds = (program: Program): string[] => {
  const { failures, reports, complete } = prove(program);
  expect(complete).toBe(true);
  return [...new Set([...failures, ...reports].map(kindOf))];
};

describe.each(EVERY_MUTANT)('$kind: $title', ({ kind, mutant, mended }) => {
  it('is all that its mutant shows', () => {
    const found = kinds(tiny(mutant));
    expect(found).toEqual([kind]);
  });

  it('is gone in the mended twin, which reports nothing', () => {
    expect(kinds(tiny(mended))).toEqual([]);
  });
});

it('has a mutant of every kind', () => {
  expect([...new Set(EVERY_MUTANT.map(({ kind }) => kind))].sort()).toEqual([...KINDS].sort());
});

it('gives the matrix of the golden file', () => {
  const columns = [...new Set(EVERY_MUTANT.map(({ kind }) => kind))];
  const width = Math.max(...columns.map((name) => name.length)) + 2;
  const lines = EVERY_MUTANT.map(({ kind, mutant, mended }) => {
    const found = kinds(tiny(mutant));
    const marks = columns.map((column) => (found.includes(column) ? 'X' : '.')).join(' ');
    const twin = kinds(tiny(mended));
    return `${kind.padEnd(width)}${marks}   mended: ${twin.length === 0 ? 'clean' : twin.join(' ')}`;
  });
  const legend = columns.map((name, i) => `${String(i + 1).padStart(2)} ${name}`);
  const text = `${[...lines, '', 'columns:', ...legend].join('\n')}\n`;
  const file = join(__dirname, 'matrix.golden.txt');
  if (process.env['WRITE_GOLDEN'] === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
});
