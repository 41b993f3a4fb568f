import fc from 'fast-check';
import { agreedKinds } from './drivers.js';
import { isOn } from './features.js';
import { buildGenerated, generatedProgram } from './programs.js';
it('t', () => {
  fc.assert(
    fc.property(generatedProgram, (spec) => {
      const program = buildGenerated(spec);
      if (program !== undefined && isOn(program)) agreedKinds(program);
    }),
    { numRuns: Number(process.env['FUZZ_RUNS']), interruptAfterTimeLimit: 280000 },
  );
});
