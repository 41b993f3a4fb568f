/**
 * How much a reduction leaves out: states of a plain search and of reduced ones, for small programs with every kind of wait, in
 * a cycle and out of one. reduced-states.golden.txt has them; `npm run golden` writes it. More of them is no fault of a proof,
 * but the reduction has lost something; fewer want a reason.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prove } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { acyclicPairs, deadlockPairs, waitingWriters } from '../deadlocks/programs.js';
import { tiny } from '../support/tiny.js';
import { TRICKY } from './tricky-programs.js';

const GOLDEN = join(__dirname, 'reduced-states.golden.txt');
const TITLE = 'plain, reduced, reduced by symmetry too';

const programs: readonly { readonly title: string; readonly program: Program }[] = [
  ...TRICKY.map(([title, spec]) => ({ title, program: tiny(spec) })).filter(({ title }) =>
    title.startsWith('a task'),
  ),
  ...deadlockPairs().map(({ title, program }) => ({ title: `cycle of ${title}`, program })),
  ...waitingWriters().map(({ title, program }) => ({ title: `writer before ${title}`, program })),
  ...acyclicPairs().map(({ title, program }) => ({ title: `no cycle of ${title}`, program })),
];

const lineOf = (title: string, program: Program): string => {
  const numbers = [{}, { reduce: true }, { reduce: true, symmetry: true }].map(
    (options) => prove(program, options).states,
  );
  return `${title}: ${numbers.join(' ')}`;
};

if (process.env['WRITE_GOLDEN'] === '1') {
  const lines = programs.map(({ title, program }) => lineOf(title, program));
  writeFileSync(GOLDEN, `${[TITLE, '', ...lines].join('\n')}\n`);
}
const [title, , ...golden] = readFileSync(GOLDEN, 'utf8').trimEnd().split('\n');

it('has a line for each program', () => {
  expect(title).toBe(TITLE);
  expect(golden).toHaveLength(programs.length);
});

it.each(programs.map((one, i) => ({ ...one, line: golden[i] })))(
  '$title: as many states as before',
  ({ title: name, program, line }) => {
    expect(lineOf(name, program)).toBe(line);
  },
);
