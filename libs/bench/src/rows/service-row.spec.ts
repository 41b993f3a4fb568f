/** The row that the rounds of a measurement become; the measurement itself is no test. */
import { Disagreement } from '../rounds/row.js';
import type { Round } from '../service/measure.js';
import { serviceRow } from './service-row.js';

const QUIET = 0.04;
const BUSY = 0.9;

const round = (alone: number, served: number, waited = QUIET, ledger = 'same'): Round => ({
  schedules: 1_000,
  alone,
  served,
  ratio: served / alone,
  shards: 1,
  busy: 1,
  ledgers: { alone: 'same', served: ledger },
  waited: { alone: QUIET, served: waited },
});

it('takes the median of the rounds', () => {
  const row = serviceRow({ rounds: [round(100, 97), round(100, 90), round(200, 196)] });
  expect(row).toMatchObject({ ratio: 0.97, meets: true, ours: 97, theirs: 100 });
});

it('does not take rounds whose ledgers differ', () => {
  const rounds = [round(100, 97), round(100, 97, BUSY, 'another')];
  expect(() => serviceRow({ rounds })).toThrow(Disagreement);
});

it('leaves out the rounds in which other programs kept the machine busy', () => {
  const rounds = [round(100, 50, BUSY), round(100, 97), round(100, 180, BUSY)];
  expect(serviceRow({ rounds })).toMatchObject({ ratio: 0.97 });
});

it('is absent when no round is left', () => {
  const row = serviceRow({ rounds: [round(100, 50, BUSY), round(100, 180, 1)] });
  expect(row).toMatchObject({ meets: null });
  expect(row.reason).toContain('waited for a processor 90 %');
});

it('is absent with the reason why nothing was measured', () => {
  const row = serviceRow({ refused: 'environment', message: 'no Redis here' });
  expect(row).toMatchObject({ ratio: null, meets: null, reason: 'no Redis here' });
});
