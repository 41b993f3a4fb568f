/** Every wait with known holders, in a cycle with every other: no search loses what it could forestall. */
import { prove } from '@lastref/exploration';
import { kindOf } from '@lastref/kernel';
import { deadlockPairs, SEEN } from './programs.js';

describe.each(deadlockPairs())('$title', ({ program }) => {
  it.each([
    { symmetry: false, reduce: false },
    { symmetry: false, reduce: true },
    { symmetry: true, reduce: false },
    { symmetry: true, reduce: true },
  ])('both failures are found: %j', (options) => {
    const { complete, failures } = prove(program, options);
    expect({ complete, kinds: failures.map(kindOf) }).toEqual({
      complete: true,
      kinds: ['deadlock', 'invariant'],
    });
    expect(failures).toContain(SEEN);
  });
});
