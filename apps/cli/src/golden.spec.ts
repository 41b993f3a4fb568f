/** The answers people read, whole. */
import { expectGolden } from './golden.fixture.js';
import { lastref } from './in-process.fixture.js';

const AB_BA_SEED = '13842';

it.each([
  ['scenarios', ['scenarios']],
  [
    'hunt-of-a-failing-case',
    ['hunt', 'nbd/buggy/last-close', '--schedules', '100', '--threads', '1', '--ledger'],
  ],
  [
    'hunt-of-a-rare-failure',
    ['hunt', 'nbd/buggy', '--seed', AB_BA_SEED, '-n', '1', '--threads', '2'],
  ],
  [
    'hunt-of-a-clean-case',
    ['hunt', 'nbd/fixed/last-close', '--schedules', '300', '--threads', '1'],
  ],
  ['replay-ab-ba', ['replay', 'nbd/buggy', '--strategy', 'rw/1', '--seed', AB_BA_SEED]],
  ['replay-in-full', ['replay', 'nbd/buggy/last-close', '--seed', '0', '--full']],
  ['shrink-ab-ba', ['shrink', 'nbd/buggy', '--strategy', 'rw/1', '--seed', AB_BA_SEED]],
  [
    'shrink-past-its-budget',
    ['shrink', 'nbd/buggy', '--strategy', 'rw/1', '--seed', AB_BA_SEED, '--max-nodes', '50'],
  ],
  ['shrink-aa', ['shrink', 'nbd/buggy/last-close', '--seed', '0']],
  [
    'shrink-a-livelock',
    ['shrink', 'nbd/fixed/server-dies-worker-stalled', '--signature', 'livelock@nbd_genl_connect'],
  ],
  ['prove-buggy', ['prove', 'nbd/buggy', '--all-cases']],
  ['prove-a-fix', ['prove', 'nbd/fixed/disconnect-against-open', '--unexecuted']],
  ['prove-with-symmetry', ['prove', 'nbd/without-genl-mutex/two-connects', '--symmetry']],
  ['prove-with-reduction', ['prove', 'nbd/fixed/reuse-index', '--reduce']],
  ['prove-out-of-budget', ['prove', 'nbd/fixed/reuse-index', '--max-states', '100']],
])('%s', async (name, words) => {
  const { exit, out } = await lastref(words);
  expectGolden(name, `${out}exit ${exit}\n`);
});
