import { SCENARIOS } from '@lastref/scenarios';
import { expectedBugs } from '../verdicts/expected-bugs.js';
import { firstRunAddresses, firstRunPrograms } from './first-run.js';

const addresses = firstRunAddresses();

it.each(SCENARIOS.map(({ name }) => name))('shows a bug of %s and a mended twin', (name) => {
  const of = addresses.filter((address) => address.startsWith(`${name}/`));
  expect(of.some((address) => expectedBugs(address).length > 0)).toBe(true);
  expect(of.some((address) => address.startsWith(`${name}/fixed/`))).toBe(true);
});

it('compiles, each program once', () => {
  const programs = firstRunPrograms();
  if (!programs.ok) throw new Error(programs.refusal.message);
  expect(programs.value.map(({ address }) => address)).toEqual(addresses);
  expect(new Set(programs.value.map(({ digest }) => digest)).size).toBe(addresses.length);
});
