/** nbd's rows by exhaustive search: proved verdicts, exact minima, and what the numbers of states may grow to. */
import { prove } from '@lastref/exploration';
import { compileAddress } from '@lastref/scenarios';
import { shrink } from '@lastref/shrinking';

const AB_BA = 'deadlock@del_gendisk(gendisk.open_mutex)+nbd_open(nbd_index_mutex)';
const AA = 'deadlock@del_gendisk(gendisk.open_mutex)';
const LOCK_ORDER = 'lock-order@gendisk.open_mutex+nbd_index_mutex';
const RECURSIVE = 'recursive-lock@gendisk.open_mutex';
const HUNG = 'hung-task@nbd_genl_connect(destroy_complete.done)';
const LEAK = 'leak@nbd_dev_add(gendisk)+nbd_dev_add(nbd_device)';
const UNDERFLOW = 'refcount-underflow@nbd_put(nbd_device.refs)';
const AFTER_FREE = (fn: string): string =>
  `use-after-free@${fn}(nbd_device freed by nbd_dev_remove_work)`;
const EXIT_RACES = [UNDERFLOW, AFTER_FREE('nbd_cleanup'), AFTER_FREE('nbd_put')];

describe.each([
  ['before-bd-mutex/main', [], [], 11_000],
  ['buggy/main', [AB_BA], [LOCK_ORDER], 650],
  ['buggy/no-overlap', [], [LOCK_ORDER], 70],
  ['buggy/last-close', [AA], [RECURSIVE], 60],
  ['fixed/main', [], [], 860_000],
  ['fixed/disconnect-against-open', [], [], 1_200],
  ['fixed/last-close', [], [], 150],
  ['fixed/sync-rmmod', [], [LOCK_ORDER], 350],
  ['upstream-5.15/sync-rmmod', [], [], 350],
  ['fixed/stays-open', [HUNG], [], 22_500],
  ['fixed/server-dies-worker-stalled', ['livelock@nbd_genl_connect'], [], 3_500],
  ['fixed/server-dies', [], [], 16_000],
  ['fixed/overlapping-rmmod', [LEAK, ...EXIT_RACES], [], 17_000],
  ['fixed/open-allocation-fails', [LEAK], [], 100],
  ['fixed/rmmod-after-disconnect', [], [], 250],
  ['patch-v1/rmmod-after-disconnect', EXIT_RACES, [], 250],
  ['exit-does-not-skip/rmmod-after-disconnect', EXIT_RACES, [], 260],
  [
    'cleanup-does-not-wait/rmmod-after-disconnect',
    ['module-text-fault@nbd_dev_remove_work(nbd)'],
    [],
    330,
  ],
  ['fixed/reuse-index', [], [], 2_100],
  ['complete-before-idr-remove/reuse-index', [HUNG], [], 2_200],
  ['fixed/two-connects', [], [], 22_000],
  ['without-genl-mutex/two-connects', [HUNG], [], 93_000],
  ['locked-del-gendisk/last-close', [], [], 70],
  ['locked-del-gendisk/main', [AB_BA], [LOCK_ORDER], 650],
])('nbd/%s', (address, failures, reports, mostStates) => {
  it('has the verdict of the sheet, proved, reaching what it must', () => {
    const result = prove(compileAddress(`nbd/${address}`));
    expect(result).toMatchObject({ complete: true, failures, reports, missed: [], idleTasks: [] });
    expect(result.states).toBeLessThanOrEqual(mostStates);
    expect(result.bytesPerState).toBeLessThanOrEqual(64);
  });
});

describe.each([
  ['idr-removed-early/reuse-index', 'duplicate-name@nbd_dev_add(block)'],
  ['complete-after-free/reuse-index', AFTER_FREE('nbd_notify_destroy_completion')],
])('nbd/%s', (address, failure) => {
  it('fails before any connect can wait', () => {
    const result = prove(compileAddress(`nbd/${address}`));
    expect(result).toMatchObject({ complete: true, failures: [failure], reports: [] });
  });
});

describe('canonical reproductions', () => {
  it.each([
    ['buggy/main', AB_BA, '0/1/1/42', '0'.repeat(37) + '1'.repeat(5)],
    ['buggy/last-close', AA, '0/0/0/54', '0'.repeat(54)],
    ['buggy/last-close', RECURSIVE, '0/0/0/54', '0'.repeat(54)],
    ['patch-v1/rmmod-after-disconnect', UNDERFLOW, '0/0/1/48', '0'.repeat(39) + '1'.repeat(9)],
    [
      'cleanup-does-not-wait/rmmod-after-disconnect',
      'module-text-fault@nbd_dev_remove_work(nbd)',
      '0/0/2/54',
      '0'.repeat(40) + '1'.repeat(13) + '2',
    ],
    [
      'idr-removed-early/reuse-index',
      'duplicate-name@nbd_dev_add(block)',
      '0/0/1/60',
      '0'.repeat(42) + '1'.repeat(18),
    ],
    [
      'fixed/server-dies-worker-stalled',
      'livelock@nbd_genl_connect',
      '0/0/1/30',
      '0'.repeat(26) + '1'.repeat(4),
    ],
    // The fault is the 1 behind the allocation's step.
    [
      'fixed/open-allocation-fails',
      LEAK,
      '1/0/1/39',
      `${'0'.repeat(13)}1${'0'.repeat(6)}${'1'.repeat(20)}`,
    ],
  ])('nbd/%s %s costs %s', (address, signature, cost, schedule) => {
    const result = shrink(compileAddress(`nbd/${address}`), signature);
    if (!result.ok) throw new Error(result.message);
    const { events, preemptions, switches, steps } = result.reproduction.cost;
    expect(result.reproduction.grade).toBe('minimum (proved)');
    expect(`${events}/${preemptions}/${switches}/${steps}`).toBe(cost);
    expect(result.reproduction.schedule).toBe(schedule);
  });
});
