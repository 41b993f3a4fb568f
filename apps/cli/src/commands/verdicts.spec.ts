/** How rows are judged, in this process; process.spec.ts judges the whole table. */
import { expectationsOf, SCENARIOS } from '@lastref/scenarios';
import { lastref, lastrefJson } from '../in-process.fixture.js';
import type { VerdictRow, VerdictSummary } from '../answers/verdicts.js';

interface Verdicts {
  readonly rows: VerdictRow[];
  readonly summary: VerdictSummary;
}
const rowsOf = (json: unknown): VerdictRow[] => (json as Verdicts).rows;

it('agrees where everything is as expected, and carries what was found', async () => {
  const { json } = await lastrefJson(['verdicts', 'nbd', '--max-states', '700']);
  const rows = rowsOf(json);
  expect(rows).toHaveLength(expectationsOf('nbd').length);
  expect(rows.find((row) => row.variant === 'buggy' && row.case === 'main')).toMatchObject({
    agrees: true,
    why: [],
    expected: 'all:deadlock@del_gendisk+nbd_open',
    found: ['deadlock@del_gendisk(gendisk.open_mutex)+nbd_open(nbd_index_mutex)'],
    min: '0/1/1',
    reports: ['lock-order@gendisk.open_mutex+nbd_index_mutex'],
    control: null,
    corrected: null,
  });
});

it('counts the rows, those that were corrected, the states and the time', async () => {
  const { exit, json } = await lastrefJson(['verdicts', 'smmu']);
  const { rows, summary } = json as Verdicts;
  const corrected = rows.filter((row) => row.corrected !== null);
  expect(exit).toBe(0);
  expect(summary).toMatchObject({
    rows: rows.length,
    agree: rows.length,
    disagree: 0,
    notProved: 0,
    withoutAnswer: 0,
    corrected: corrected.length,
    mostStates: Math.max(...rows.map(({ states }) => states)),
  });
  const { out } = await lastref(['verdicts', 'smmu']);
  for (const { corrected: reason } of corrected) expect(out).toContain(`corrected: ${reason}`);
  expect(out).toContain(`${rows.length} rows: ${rows.length} agree, 0 disagree`);
});

it('says `not proved`, never `agrees`, of a row whose search hits its budget', async () => {
  const { exit, json } = await lastrefJson(['verdicts', '--max-states', '100']);
  const rows = rowsOf(json);
  expect(rows.find((row) => row.case === 'two-connects')).toMatchObject({
    agrees: false,
    agreement: 'not proved',
  });
  expect(rows.filter(({ agrees }) => agrees).every(({ states }) => states <= 101)).toBe(true);
  expect(exit).toBe(1);
});

it('says `not proved` where the minimum was not found within its budget', async () => {
  const { json } = await lastrefJson(['verdicts', '--max-nodes', '10', '--max-states', '1000']);
  const row = rowsOf(json).find(({ variant, case: name }) => `${variant}/${name}` === 'buggy/main');
  expect(row).toMatchObject({ agreement: 'not proved', min: null, expectedMin: '0/1/1' });
});

it('refuses a scenario that is not there', async () => {
  const { exit, err } = await lastref(['verdicts', 'nope']);
  expect({ exit, err }).toEqual({
    exit: 2,
    err: `lastref: no scenario 'nope'; there are: ${[...new Set(SCENARIOS.map(({ name }) => name))].join(', ')}\n`,
  });
});
