/**
 * Which candidates are chosen in states of small programs: chosen.golden.txt has them, as `candidates > chosen`
 * where they are fewer. What is chosen is enough: ../stubborn.spec.ts.
 */
import { tablesOf } from '@lastref/kernel';
import {
  canReduce,
  Reduction,
} from '../../../../libs/exploration/src/search/reduction/reduction.js';
import { PROGRAMS } from './programs.js';
import { expectGolden, maskTold, visitStates } from './told.js';

const STATES = 60;

it('tells what the golden file has', () => {
  const lines = PROGRAMS.map(([title, program]) => {
    const found: string[] = [];
    let reduction: Reduction | null = null;
    visitStates(
      program,
      (machine) => {
        reduction ??= new Reduction(machine);
        const candidates = machine.candidates();
        const chosen = reduction.choose(candidates);
        found.push(
          candidates === chosen
            ? maskTold(candidates)
            : `${maskTold(candidates)} > ${maskTold(chosen)}`,
        );
      },
      STATES,
    );
    return `${title}: ${found.join(', ')}`;
  });
  expectGolden('chosen', lines);
});

it('holds unless freed memory is reused at once', () => {
  const [[, program] = []] = PROGRAMS;
  if (program === undefined) throw new Error('there is a program');
  expect(tablesOf(program).zeroed).toBe(false);
  expect([canReduce(program), canReduce({ ...program, reuse: 'quarantine' })]).toEqual([
    true,
    true,
  ]);
  expect(canReduce({ ...program, reuse: 'zeroed' })).toBe(false);
});
