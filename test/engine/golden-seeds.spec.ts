/**
 * Seeds 0..99 of every program (0..9 of a host), pinned to schedule, verdict and trace digest. A difference means that stored seeds no
 * longer mean what they meant: raise `semantics`, or find the mistake. `npm run golden` writes the table anew.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressesToPin, pinSeeds } from './golden/pin-seeds.js';

const file = join(__dirname, 'golden', 'seeds.json');
const pinned = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

describe('golden seeds', () => {
  it('pins every program', () => {
    expect(Object.keys(pinned).sort()).toEqual([...addressesToPin()].sort());
  });

  it.each(addressesToPin())('%s', (address) => {
    expect(pinSeeds(address)).toEqual(pinned[address]);
  });
});
