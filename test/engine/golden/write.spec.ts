/** Writes the golden table when asked to by WRITE_GOLDEN=1 (npm run golden); otherwise only checks that it could. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressesToPin, pinSeeds } from './pin-seeds.js';

it('pins the same line for a seed every time', () => {
  const [address] = addressesToPin();
  if (address === undefined) throw new Error('no program to pin');
  expect(pinSeeds(address)).toEqual(pinSeeds(address));
});

if (process.env['WRITE_GOLDEN'] === '1')
  it('writes the table', () => {
    const table = Object.fromEntries(addressesToPin().map((a) => [a, pinSeeds(a)]));
    writeFileSync(join(__dirname, 'seeds.json'), `${JSON.stringify(table, null, 1)}\n`);
  });
