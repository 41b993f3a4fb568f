/** Mutants of detectors that the matrix has in other programs: here time is what leads to them. */
import { prove } from '@lastref/exploration';
import { isReport, kindOf } from '@lastref/kernel';
import { tiny, type TinyCase } from '../support/tiny.js';
import { TIME_MUTANTS } from './time-mutants.js';

const kinds = (spec: TinyCase): string[] => {
  const { failures, reports, complete } = prove(tiny(spec));
  expect(complete).toBe(true);
  return [...new Set([...failures, ...reports].map(kindOf))];
};

describe.each(TIME_MUTANTS)('$kind: $title', ({ kind, mutant, mended }) => {
  it('is what its mutant shows, and no other failure', () => {
    const found = kinds(mutant);
    expect(found).toContain(kind);
    expect(found.filter((other) => other !== kind && !isReport(other))).toEqual([]);
  });

  it('is gone in the mended twin, which reports nothing', () => {
    expect(kinds(mended)).toEqual([]);
  });
});
