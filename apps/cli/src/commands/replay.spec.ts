/** `replay`, with no service, in this process. */
import { lastref, lastrefJson } from '../in-process.fixture.js';

const AB_BA = 'deadlock@del_gendisk(gendisk.open_mutex)+nbd_open(nbd_index_mutex)';
const AB_BA_SEED = '13842';

describe('replay', () => {
  it('tells the same by seed, by schedule and by token', async () => {
    const bySeed = await lastrefJson(['replay', 'nbd/buggy', '--seed', AB_BA_SEED]);
    expect(bySeed).toMatchObject({
      exit: 0,
      json: { verdict: { signature: AB_BA }, expectation: { held: true } },
    });
    const run = bySeed.json as { schedule: string; digest: string; replay: { token: string } };
    const bySchedule = await lastrefJson(['replay', 'nbd/buggy', '--schedule', run.schedule]);
    expect(bySchedule.json).toMatchObject({ digest: run.digest });
    const byToken = await lastrefJson(['replay', run.replay.token]);
    expect(byToken.json).toMatchObject({ digest: run.digest });
  });

  it('of a clean run contradicts no expectation', async () => {
    expect(await lastref(['replay', 'nbd/buggy', '--seed', '0'])).toMatchObject({ exit: 0 });
  });

  it.each([
    [['replay', 'nbd/buggy'], 'name one run'],
    [['replay', 'nbd/buggy', '--seed', '1', '--schedule', '0'], 'name one run'],
    [['replay', 'nbd/buggy', '--strategy', 'rw/1', '--schedule', '0'], 'needs no strategy'],
    [['replay', 'lr1.nonsense'], 'not a replay token'],
    [['replay', 'lr2.nonsense'], 'cut off'],
    [['replay', 'lr9.nonsense'], 'of format 9'],
    [['replay', 'nbd/buggy', '--seed', '1', '--url', 'http://x'], 'name one run'],
    [['replay', `lr1.${'a'.repeat(64)}.rw~1.5`], 'no scenario of this version compiles'],
    [['replay', `lr1.${'a'.repeat(64)}.rw~1.5`, '--seed', '1'], 'names its run alone'],
    [['replay', 'nbd/buggy', '--schedule', 'z'], 'cannot be taken'],
    [['replay', 'nbd/buggy', '--strategy', 'no', '--seed', '1'], "no strategy 'no'"],
  ])('refuses %j', async (words, message) => {
    const { exit, err } = await lastref(words);
    expect(exit).toBe(2);
    expect(err).toContain(message);
  });
});
