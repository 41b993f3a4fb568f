/** Every wait with known holders, in a cycle with every other: no search loses what it could forestall. */
import { prove } from '@lastref/exploration';
import { kindOf } from '@lastref/kernel';
import { deadlockPairs, SEEN, waitingWriters } from './programs.js';

const SEARCHES = [
  { symmetry: false, reduce: true },
  { symmetry: true, reduce: false },
  { symmetry: true, reduce: true },
];

const programs = [
  ...deadlockPairs(),
  ...waitingWriters().map(({ title, program }) => ({
    title: `writer that waits for a reader + ${title}`,
    program,
  })),
];

describe.each(programs)('$title', ({ program }) => {
  const plain = prove(program);

  it('has a deadlock, and a failure beside it', () => {
    expect(plain.complete).toBe(true);
    expect(plain.failures.map(kindOf)).toContain('deadlock');
    expect(plain.failures).toContain(SEEN);
  });

  it.each(SEARCHES)('is told the same by a search with %j', (options) => {
    const { complete, failures } = prove(program, options);
    expect({ complete, failures }).toEqual({ complete: true, failures: plain.failures });
  });
});
