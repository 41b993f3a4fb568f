/** `shrink`, with no service, in this process. */
import { lastref, lastrefJson } from '../in-process.fixture.js';

const AB_BA = 'deadlock@del_gendisk(gendisk.open_mutex)+nbd_open(nbd_index_mutex)';
const AB_BA_SEED = '13842';
const LOCK_ORDER = 'lock-order@gendisk.open_mutex+nbd_index_mutex';
const AA = 'deadlock@del_gendisk(gendisk.open_mutex)';

describe('shrink', () => {
  it('finds the AB-BA deadlock at cost 0/1/1, with a blocks line per task', async () => {
    const { exit, json } = await lastrefJson(['shrink', 'nbd/buggy', '--seed', AB_BA_SEED]);
    expect(exit).toBe(0);
    expect(json).toMatchObject({
      signature: AB_BA,
      grade: 'minimum (proved)',
      cost: { events: 0, preemptions: 1, switches: 1 },
      expectation: { held: true },
    });
    const { text } = json as { text: string };
    expect(text.match(/ blocks on CPU[01]$/gm)).toHaveLength(2);
  });

  it('says what each pass tried, in JSON always and on a terminal if asked', async () => {
    const words = ['shrink', 'nbd/buggy', '--seed', AB_BA_SEED];
    const { json } = await lastrefJson(words);
    const { passes } = json as { passes: { pass: string; candidates: number }[] };
    const [merged] = passes.filter(({ pass }) => pass === 'merge segments');
    expect(merged).toMatchObject({ accepted: expect.any(Number) as unknown });
    const told = await lastref([...words, '--stats']);
    expect(told.out).toMatch(/^pass +candidates +known +accepted +steps +cost saved$/m);
    expect(told.out).toMatch(new RegExp(`^merge segments +${merged?.candidates ?? -1} `, 'm'));
    const alone = await lastref(['shrink', 'nbd/buggy', '--signature', AB_BA, '--stats']);
    expect(alone.out).toContain('no passes: there was no run to start from');
  });

  it('takes the report of a run that only reports', async () => {
    const { json } = await lastrefJson(['shrink', 'nbd/buggy/no-overlap', '--seed', '0']);
    expect(json).toMatchObject({ signature: LOCK_ORDER });
  });

  it('starts from a schedule as from its seed, and from a seed that shows the signature', async () => {
    const bySeed = await lastrefJson(['shrink', 'nbd/buggy', '--seed', AB_BA_SEED]);
    const run = await lastrefJson(['replay', 'nbd/buggy', '--seed', AB_BA_SEED]);
    const { schedule } = run.json as { schedule: string };
    const bySchedule = await lastrefJson(['shrink', 'nbd/buggy', '--schedule', schedule]);
    expect(bySchedule.json).toEqual(bySeed.json);
    const words = ['shrink', 'nbd/buggy', '--seed', AB_BA_SEED, '--signature'];
    const report = await lastrefJson([...words, LOCK_ORDER]);
    expect(report).toMatchObject({ exit: 0, json: { signature: LOCK_ORDER } });
  });

  it.each([
    [['--signature', 'deadlock@del_gendisk+nbd_open'], AB_BA],
    [['--signature', 'deadlock@nbd_open+del_gendisk', '--seed', AB_BA_SEED], AB_BA],
    [['--signature', 'lock-order@gendisk.open_mutex+nbd_index_mutex'], LOCK_ORDER],
  ])('takes the short form that expectations use: %j', async (words, signature) => {
    const { exit, json } = await lastrefJson(['shrink', 'nbd/buggy', ...words]);
    expect(json).toMatchObject({ signature, grade: 'minimum (proved)' });
    expect(exit).toBe(0);
  });

  it.each([
    [['--signature', 'deadlock@del_gendisk'], `no run of nbd/buggy/main shows`],
    [['--signature', AB_BA.replace('nbd_open', 'nbd_oven')], 'no run of this program has'],
    [['--signature', 'deadlock@del_gendisk', '--seed', AB_BA_SEED], 'does not show'],
  ])('names the near signatures where none is meant by %j', async (words, message) => {
    const { exit, err } = await lastref(['shrink', 'nbd/buggy', ...words]);
    expect(exit).not.toBe(0);
    expect(err).toContain(message);
    expect(err).toContain(`did you mean ${AB_BA}? it shows ${AB_BA}, ${LOCK_ORDER}`);
  });

  it.each([
    ['9', 'locally minimal', null],
    ['100', 'minimum up to 0 preemptions', 0],
  ])(
    'past %s nodes is %s, which is not the minimum that is expected',
    async (maxNodes, grade, preemptions) => {
      const words = ['shrink', 'nbd/buggy', '--seed', AB_BA_SEED, '--max-nodes', maxNodes];
      const { exit, json } = await lastrefJson(words);
      expect(exit).toBe(1);
      expect(json).toMatchObject({
        grade,
        expectation: { held: false, why: ['the minimum is not proved'] },
        certificate: { unproved: { preemptions, passes: { fixpoint: true } } },
      });
    },
  );

  it.each([
    [['shrink', 'nbd/buggy'], 2, 'name what to shrink'],
    [['shrink', 'nbd/buggy', '--seed', '0', '--schedule', '0'], 2, 'a seed or a schedule'],
    [['shrink', 'nbd/buggy', '--schedule', '0', '--strategy', 'rw/1'], 2, 'of a seed'],
    [['shrink', 'nbd/buggy', '--schedule', 'z'], 2, 'cannot be taken'],
    [['shrink', 'nbd/buggy', '--schedule', '0'], 2, 'ends unfinished, there is nothing'],
    [['shrink', 'nbd/buggy', '--seed', '0', '--signature', AB_BA], 2, 'it shows nothing'],
    [['shrink', 'nbd/buggy', '--seed', '0'], 2, 'there is nothing to shrink'],
    [['shrink', 'nbd/buggy', '--signature', 'nonsense'], 2, 'is no signature'],
    [['shrink', 'nbd/fixed/last-close', '--signature', AA], 1, 'no run of this program'],
    [['shrink', 'nbd/buggy', '--signature', AB_BA, '--max-nodes', '9'], 1, 'give a failing seed'],
  ])('refuses %j with %d', async (words, code, message) => {
    const { exit, err } = await lastref(words);
    expect(err).toContain(message);
    expect(exit).toBe(code);
  });
});
