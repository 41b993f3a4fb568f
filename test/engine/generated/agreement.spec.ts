import { isOn } from './features.js';
import fc from 'fast-check';
import { agreedKinds } from './drivers.js';
import { buildGenerated, generatedProgram } from './programs.js';
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 400);
it('t', () => {
  fc.assert(
    fc.property(generatedProgram, (spec) => {
      const program = buildGenerated(spec);
      if (program !== undefined && isOn(program)) agreedKinds(program);
    }),
    { numRuns: RUNS, endOnFailure: false },
  );
});
