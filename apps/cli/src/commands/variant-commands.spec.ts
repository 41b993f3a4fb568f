/** `compare` and `bisect`: one run on every variant, and the switches that make and mend a bug. */
import { lastref, lastrefJson } from '../in-process.fixture.js';

const RUN = '000000000000000000000000000000000000011111';
const DEADLOCK = 'deadlock@del_gendisk(gendisk.open_mutex)+nbd_open(nbd_index_mutex)';
const LIMIT_MS = 60_000;

interface Compared {
  readonly rows: readonly { readonly address: string }[];
}

describe('compare', () => {
  it('says what the run of a bug does on every variant of its scenario', async () => {
    const words = ['compare', 'nbd/buggy', '--schedule', RUN, '--no-search'];
    const { exit, out } = await lastref(words);
    expect(exit).toBe(0);
    expect(out).toContain(`nbd/buggy/main: ${DEADLOCK}, schedule ${RUN}`);
    expect(out).toMatch(/^nbd\/buggy\/main +fails the same /m);
    expect(out).toMatch(/^nbd\/buggy\/no-overlap +passes, parts at 1 /m);
    expect(out).toMatch(/^nbd\/fixed\/disconnect-against-open +passes, parts at 35 /m);
    expect(out).toMatch(/^nbd\/fixed\/main +does not fit /m);
    const { json } = await lastrefJson(words);
    const { rows } = json as Compared;
    expect(rows.map(({ address }) => address)).toContain('nbd/buggy/last-close');
  });

  it.each([
    [['compare', 'lr2.xx'], 'not a replay token'],
    [['compare', 'nbd/fixed'], 'no run of nbd/fixed/main fails'],
    [['compare', 'nbd/bugy'], 'did you mean'],
    [['compare', 'nbd/buggy', '--strategy', 'rw/1'], 'give --seed too'],
    [['compare', 'nbd/buggy', '--seed', '1', '--signature', 'x'], 'leave out --signature'],
  ])('%j is refused in one line', async (words, message) => {
    const { exit, err } = await lastref(words);
    expect(err).toContain(message);
    expect([exit, err.trim().split('\n').length]).toEqual([2, 1]);
  });
});

describe('bisect', () => {
  it(
    'names every smallest set of switches that mends a bug',
    async () => {
      const bug = 'busy-pool@dma_pool_destroy(mlx5_cmd)';
      const { exit, out } = await lastref(['bisect', 'mlx5/buggy/main', bug]);
      expect(exit).toBe(0);
      expect(out).toContain(`mlx5/buggy/main: ${bug}\n`);
      expect(out).toContain('fails with no switch on');
      const mended = [...out.matchAll(/mended by (\S+) on/g)].map(([, name]) => name);
      expect(mended.sort()).toEqual([
        'bare-interface-state-test',
        'clear-start-in-detach',
        'fast-teardown',
        'present-in-driver-get-link',
        'present-in-get-link-ksettings',
        'present-in-speed-show',
        'remove-instead-of-shutdown',
      ]);
    },
    LIMIT_MS,
  );

  it.each([
    [['bisect', 'whole-host'], 'too large to be searched'],
    [['bisect', 'nobody'], "no scenario 'nobody'"],
    [['bisect', 'nbd/fixed/main'], 'fail'],
  ])('%j is refused in one line', async (words, message) => {
    const { exit, err } = await lastref(words);
    expect(err).toContain(message);
    expect([exit, err.trim().split('\n').length]).toEqual([2, 1]);
  });
});
