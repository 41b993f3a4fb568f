/** nbd's rows by exhaustive search: verdicts, reports, exact minima, and what the numbers of states may grow to. */
import { prove } from '@lastref/exploration';
import { compileAddress } from '@lastref/scenarios';
import { shrink } from '@lastref/shrinking';

const AB_BA = 'deadlock@del_gendisk(gendisk.open_mutex)+nbd_open(nbd_index_mutex)';
const AA = 'deadlock@del_gendisk(gendisk.open_mutex)';
const LOCK_ORDER = 'lock-order@gendisk.open_mutex+nbd_index_mutex';
const RECURSIVE = 'recursive-lock@gendisk.open_mutex';

describe.each([
  ['nbd/buggy/main', [AB_BA], [LOCK_ORDER], 600],
  ['nbd/buggy/no-overlap', [], [LOCK_ORDER], 70],
  ['nbd/buggy/last-close', [AA], [RECURSIVE], 60],
  ['nbd/fixed/main', [], [], 400_000],
  ['nbd/fixed/disconnect-against-open', [], [], 1_000],
  ['nbd/fixed/last-close', [], [], 150],
  ['nbd/fixed/stays-open', ['hung-task@nbd_genl_connect(destroy_complete.done)'], [], 10_000],
  ['nbd/fixed/server-dies-worker-stalled', ['livelock@nbd_genl_connect'], [], 3_500],
  ['nbd/fixed/server-dies', [], [], 15_000],
  ['nbd/fixed/reuse-index', [], [], 1_000],
  ['nbd/fixed/two-connects', [], [], 4_500],
])('%s', (address, failures, reports, mostStates) => {
  it('has the verdict of the sheet, proved, reaching what it must', () => {
    const result = prove(compileAddress(address));
    expect(result).toMatchObject({ complete: true, failures, reports, missed: [], idleTasks: [] });
    expect(result.states).toBeLessThanOrEqual(mostStates);
    expect(result.bytesPerState).toBeLessThanOrEqual(64);
  });
});

describe('canonical reproductions', () => {
  it.each([
    ['nbd/buggy/main', AB_BA, '0/1/1/40', '0'.repeat(35) + '1'.repeat(5)],
    ['nbd/buggy/last-close', AA, '0/0/0/51', '0'.repeat(51)],
    ['nbd/buggy/no-overlap', LOCK_ORDER, '0/0/1/54', '1'.repeat(18) + '0'.repeat(36)],
    ['nbd/buggy/last-close', RECURSIVE, '0/0/0/51', '0'.repeat(51)],
    [
      'nbd/fixed/stays-open',
      'hung-task@nbd_genl_connect(destroy_complete.done)',
      '0/0/2/38',
      '2'.repeat(11) + '0'.repeat(19) + '1'.repeat(8),
    ],
    [
      'nbd/fixed/server-dies-worker-stalled',
      'livelock@nbd_genl_connect',
      '0/0/1/28',
      '0'.repeat(26) + '11',
    ],
  ])('%s %s costs %s', (address, signature, cost, schedule) => {
    const result = shrink(compileAddress(address), signature);
    if (!result.ok) throw new Error(result.message);
    const { reproduction } = result;
    const { events, preemptions, switches, steps } = reproduction.cost;
    expect(reproduction.grade).toBe('minimum (proved)');
    expect(`${events}/${preemptions}/${switches}/${steps}`).toBe(cost);
    expect(reproduction.schedule).toBe(schedule);
  });
});
