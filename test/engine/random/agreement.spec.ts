/**
 * Every way of going through a program says the same of it: search plain, by symmetry, reduced, both; interpreter and walker,
 * seed by seed; exact probabilities and sampled fractions. FUZZ_RUNS=100000 (npm run fuzz) for more programs; fast-check
 * prints the seed and the smallest program of a failure.
 */
import fc from 'fast-check';
import { agreedKinds } from './drivers.js';
import { buildGenerated, generatedProgram } from './programs.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);

it(`${RUNS} generated programs are told alike by every driver`, () => {
  const kinds = new Set<string>();
  let searched = 0;
  fc.assert(
    fc.property(generatedProgram, (spec) => {
      const program = buildGenerated(spec);
      if (program === undefined) return;
      const shown = agreedKinds(program);
      if (shown !== undefined) searched++;
      for (const kind of shown ?? []) kinds.add(kind);
    }),
    { numRuns: RUNS },
  );
  expect(searched).toBeGreaterThan(RUNS / 4);
  expect(kinds.size).toBeGreaterThan(Math.min(12, RUNS / 20));
});
