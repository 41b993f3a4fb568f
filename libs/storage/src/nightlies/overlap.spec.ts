import { decide } from './overlap.js';

describe('a due time while the night before', () => {
  it.each([
    ['skip', true, false, 'skip'],
    ['skip', false, true, 'skip'],
    ['queue', true, false, 'queue'],
    ['queue', true, true, 'skip'],
    ['queue', false, true, 'skip'],
    ['replace', true, false, 'replace'],
    ['replace', true, true, 'replace'],
    ['skip', false, false, 'start'],
    ['queue', false, false, 'start'],
    ['replace', false, false, 'start'],
  ] as const)('%s, runs %s, waits %s: %s', (policy, runs, waits, decision) => {
    expect(decide(policy, runs, waits)).toBe(decision);
  });
});
