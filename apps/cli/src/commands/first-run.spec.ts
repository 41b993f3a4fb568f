import { expectationsOf, SCENARIOS } from '@lastref/scenarios';
import { expectedBugs } from '../verdicts/expected-bugs.js';
import { firstRunAddresses, firstRunPrograms } from './first-run.js';

const addresses = firstRunAddresses();

/** Those that a single bug report is behind. */
const systems = SCENARIOS.map(({ name }) => name).filter((name) => expectationsOf(name).length > 0);

it.each(systems)('shows a bug of %s and a mended twin', (name) => {
  const of = addresses.filter((address) => address.startsWith(`${name}/`));
  expect(of.some((address) => expectedBugs(address).length > 0)).toBe(true);
  expect(of.some((address) => address.startsWith(`${name}/fixed/`))).toBe(true);
});

it('begins with a bug of every system', () => {
  const first = addresses.slice(0, systems.length);
  expect(first.map((address) => address.split('/')[0])).toEqual(systems);
  expect(first.every((address) => address.split('/')[1] === 'buggy')).toBe(true);
});

it('ends with a whole host, whose schedules take longest', () => {
  expect(addresses.at(-1)).toBe('whole-host/buggy/small');
});

it('compiles, each program once', () => {
  const programs = firstRunPrograms();
  if (!programs.ok) throw new Error(programs.refusal.message);
  expect(programs.value.map(({ address }) => address)).toEqual(addresses);
  expect(new Set(programs.value.map(({ digest }) => digest)).size).toBe(addresses.length);
});
