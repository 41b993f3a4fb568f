import { expectationsOf, SCENARIOS, searchable } from './index.js';

const addresses = (rows: readonly { variant: string; case: string }[]): string[] =>
  rows.map((row) => `${row.variant}/${row.case}`);

describe('expectations', () => {
  it.each(SCENARIOS.map(({ name }) => name))('of %s cover every case once', (name) => {
    const cases = searchable().filter(({ scenario }) => scenario === name);
    expect(addresses(expectationsOf(name)).sort()).toEqual(addresses(cases).sort());
  });

  it('name a clean case of their scenario as their control', () => {
    for (const { name } of SCENARIOS)
      for (const { control } of expectationsOf(name)) {
        const twin = expectationsOf(name).find((row) => `${row.variant}/${row.case}` === control);
        expect(control === undefined || twin?.expect === 'clean').toBe(true);
      }
  });

  it('of an unknown scenario are none', () => {
    expect(expectationsOf('nonsense')).toEqual([]);
  });
});
