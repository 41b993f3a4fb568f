/**
 * The programs of the literature: what is expected of each is what exhaustive search says, and the cheapest run costs what is
 * said. Where a search would take too long for every test run the table says so, and runs show the failure.
 */
import { prove, replay, Sampler } from '@lastref/exploration';
import { differences, firstPattern, parseExpect } from '@lastref/judging';
import { EXHIBITS } from '@lastref/literature';
import { addressable, catalogue, compileAddress, expectationOf } from '@lastref/scenarios';
import { shrink } from '@lastref/shrinking';

/** Seconds of search: `bench finding` proves it. */
const SLOW = 'literature/buggy/safestack';
const SAFESTACK = '00011222222222133333333322221222222211111111333333333333333322';
const SAMPLED = 2_000;

const rows = addressable()
  .filter(({ scenario }) => scenario === 'literature')
  .map((row) => {
    const address = `${row.scenario}/${row.variant}/${row.case}`;
    const exhibit = EXHIBITS.find(({ name }) => name === row.case);
    return {
      ...row,
      address,
      beyond: exhibit?.beyondSearch?.variants.some((v) => v === row.variant),
    };
  });

const expected = (address: string): NonNullable<ReturnType<typeof expectationOf>> => {
  const row = expectationOf(address);
  if (row === undefined) throw new Error(`nothing is expected of ${address}`);
  return row;
};

const searched = rows.filter(({ beyond, address }) => beyond !== true && address !== SLOW);

it.each(searched)('$address is what is expected, by exhaustive search', ({ address }) => {
  const { complete, failures, reports, missed, ends } = prove(compileAddress(address));
  expect(complete).toBe(true);
  const found = { failures, reports, missed, cleanEnds: ends.clean > 0 };
  expect(differences(expected(address), found)).toEqual([]);
});

it.each(searched.filter(({ variant }) => variant === 'buggy'))(
  '$address fails as cheaply as is said, and the minimum is proved',
  ({ address }) => {
    const program = compileAddress(address);
    const [signature = ''] = prove(program).failures;
    const result = shrink(program, signature);
    if (!result.ok) throw new Error(result.message);
    const { cost, grade } = result.reproduction;
    expect(grade).toBe('minimum (proved)');
    expect(`${cost.events}/${cost.preemptions}/${cost.switches}`).toBe(expected(address).min);
  },
);

it.each(rows.filter(({ beyond }) => beyond === true))(
  '$address shows in runs what is expected of it',
  ({ address }) => {
    const sampler = new Sampler(compileAddress(address), 'pct/1:d=3', { keep: 1 });
    sampler.run(0, SAMPLED);
    const { signatures } = sampler.totals();
    const failures = signatures.filter(({ report }) => !report).map(({ signature }) => signature);
    const found = { failures, reports: [], missed: [], cleanEnds: true };
    expect(differences(expected(address), found)).toEqual([]);
  },
);

it('SafeStack fails by seven preemptions', () => {
  const result = replay(compileAddress(SLOW), { schedule: SAFESTACK });
  expect(result.ok && result.trace.verdict).toMatchObject({ outcome: 'failed' });
  expect(result.ok && result.trace.cost).toMatchObject({ preemptions: 7, switches: 10 });
  expect(expected(SLOW).min).toBe('0/7/10');
});

it('no system is among them, and what fails is said of each', () => {
  expect(catalogue().some(({ scenario }) => scenario === 'literature')).toBe(false);
  for (const { name } of EXHIBITS)
    expect(firstPattern(parseExpect(expected(`literature/buggy/${name}`).expect))).toBeDefined();
});
