import { countsOf, failingShare, failureBound, type RunCounts } from './run-counts.js';

const runs = (of: Partial<RunCounts>): RunCounts => ({
  schedules: 1_000,
  failed: 0,
  clean: 1_000 - (of.failed ?? 0) - (of.outside ?? 0) - (of.cut ?? 0),
  outside: 0,
  cut: 0,
  ...of,
});

describe('counts', () => {
  it('tell failed, clean, outside and cut apart; a report fails nothing', () => {
    const signatures = [
      { report: false, count: 3 },
      { report: true, count: 50 },
      { report: false, count: 4 },
    ];
    expect(countsOf({ schedules: 100, outside: 10, cut: 20, signatures })).toEqual({
      schedules: 100,
      failed: 7,
      clean: 63,
      outside: 10,
      cut: 20,
    });
  });
});

describe('a bound', () => {
  it('is 3/n where every run ended, of those inside the case', () => {
    expect(failureBound(runs({}))).toBe(0.003);
    expect(failureBound(runs({ outside: 400 }))).toBe(0.005);
    expect(failureBound(runs({ schedules: 2, clean: 2 }))).toBe(1);
  });

  it('counts every cut run as a failure', () => {
    for (const cut of [1, 10, 500, 999]) {
      const bound = failureBound(runs({ cut })) ?? 0;
      expect(bound).toBeGreaterThan(cut / 1_000);
      expect(bound).toBeLessThan(1);
    }
    expect(failureBound(runs({ cut: 1_000 }))).toBe(1);
  });

  it('is none where one failed, or none ran inside the case', () => {
    expect(failureBound(runs({ failed: 1 }))).toBeNull();
    expect(failureBound(runs({ outside: 1_000 }))).toBeNull();
  });
});

it('the share of failing runs is as wide as what cut runs may be', () => {
  const { low, high } = failingShare(runs({ failed: 100, cut: 300 }));
  expect(low).toBeLessThan(0.1);
  expect(high).toBeGreaterThan(0.4);
});
