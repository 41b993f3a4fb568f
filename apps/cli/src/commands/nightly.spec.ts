/** The commands over nightlies, against the real control plane; nights are worked off by sample results. */
import type { AddressInfo } from 'node:net';
import { type Nightly, nightlySchema, tickPageSchema } from '@lastref/contracts';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { eventually } from '../../../../test/support/eventually.js';
import { letBeDue } from '../../../../test/support/nights.js';
import { runToTheEnd } from '../../../../test/support/sample-bugs.js';
import { lastref, lastrefJson } from '../in-process.fixture.js';

let api: TestApi;
let serviceUrl: string;

beforeAll(async () => {
  api = await startTestApi();
  const { port } = api.app.getHttpServer().address() as AddressInfo;
  serviceUrl = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  await api.close();
});

const run = (...words: string[]): ReturnType<typeof lastref> =>
  lastref(['nightly', ...words], { serviceUrl });

async function add(...words: string[]): Promise<Nightly> {
  const { exit, json, err } = await lastrefJson(['nightly', 'add', ...words], { serviceUrl });
  expect([exit, err]).toEqual([0, '']);
  return nightlySchema.parse(json);
}

describe('nightly', () => {
  it('add pushes what it names and sets it up as asked', async () => {
    const words = [
      '--zone',
      'Europe/Berlin',
      '--overlap',
      'queue',
      '-n',
      '1000',
      '--stop',
      'ci:0.1',
    ];
    const nightly = await add('nbd/buggy', ...words, '--catch-up', '0', '--deadline', '90');
    expect(nightly).toMatchObject({
      name: 'nbd-buggy',
      cron: '0 2 * * *',
      zone: 'Europe/Berlin',
      programs: ['nbd/buggy'],
      overlap: 'queue',
      schedules: 1000,
      stop: { confidenceWidth: 0.1 },
      catchUpMinutes: 0,
      deadlineMinutes: 90,
    });
    const { out } = await run('list');
    expect(out).toMatch(/^id +name +next due +last +programs$/m);
    expect(out).toMatch(/nbd-buggy +\d{4}-\d\d-\d\d 02:00 Europe\/Berlin +none yet +nbd\/buggy$/m);
  }, 60_000);

  it('show, edit, pause, resume and remove take a name or a number', async () => {
    const { id } = await add('nbd/fixed', '--name', 'owl');
    expect((await run('show', 'owl')).out).toContain(`nightly ${id} (owl): active`);
    const edited = await run('edit', String(id), 'nbd', '--cron', '30 3 * * 1', '--zone', 'UTC');
    expect(edited.out).toMatch(/next due +\d{4}-\d\d-\d\d 03:30 UTC, by "30 3 \* \* 1"/);
    expect(edited.out).toContain('runs      nbd: rw/1');
    expect((await run('pause', 'owl')).out).toContain('(owl): paused');
    expect((await run('resume', 'owl')).out).toContain('(owl): active');
    expect((await run('remove', 'owl')).out).toContain('(owl): removed');
    expect(await run('show', 'owl')).toMatchObject({ exit: 2 });
    expect((await run('show', String(id))).out).toContain('(owl): removed');
  }, 60_000);

  it('edit takes a deadline and a shard size away again', async () => {
    const set = await add('nbd/fixed', '--name', 'elk', '--shard-size', '64', '--deadline', '90');
    expect(set).toMatchObject({ shardSize: 64, deadlineMinutes: 90 });
    const words = ['edit', 'elk', '--shard-size', 'none', '--deadline', 'none'];
    const { json, err } = await lastrefJson(['nightly', ...words], { serviceUrl });
    expect(err).toBe('');
    expect(nightlySchema.parse(json)).toMatchObject({ shardSize: null, deadlineMinutes: null });
    const bare = await add('nbd/fixed', '--name', 'ibex', '--shard-size', 'none');
    expect(bare.shardSize).toBeNull();
  }, 60_000);

  it('add --first-night sets one up over every scenario, once', async () => {
    const first = await run('add', '--first-night');
    expect([first.exit, first.err]).toEqual([0, '']);
    expect(first.out).toContain('(nightly): active');
    expect(await run('add', '--first-night')).toEqual(first);
    expect((await run('list')).out).toMatch(/nightly .* nbd mlx5 smmu devmem nvmem/);
    await run('edit', 'nightly', '--name', 'mine');
    expect(await run('add', '--first-night')).toMatchObject({ exit: 0 });
    expect((await run('list')).out).not.toMatch(/^\d+ +nightly /m);
  }, 120_000);

  it('history and compare say what came of it', async () => {
    const { id } = await add('nbd/buggy/main', '--name', 'bat', '-n', '100');
    expect((await run('history', 'bat')).out).toBe('it has not been due yet\n');
    expect(await run('compare', 'bat')).toMatchObject({ exit: 2 });
    for (let nights = 1; nights <= 2; nights += 1) {
      await letBeDue(api.database, id);
      const ticks = async () => {
        const { json } = await lastrefJson(['nightly', 'history', 'bat'], { serviceUrl });
        return tickPageSchema.parse(json).items;
      };
      const campaign = await eventually(async () => {
        const items = await ticks();
        return items.length === nights && items[0]?.campaign?.id;
      });
      await runToTheEnd(api.database, campaign, nights === 1 ? undefined : 2 ** 50);
      await eventually(async () => (await ticks()).every(({ bugs }) => bugs !== null));
    }
    const { out } = await run('history', 'bat');
    expect(out).toMatch(/^tick +due +what +executed +failing +new +gone +regressed +canaries$/m);
    expect(out).toMatch(/campaign \d+ done +100 +0 +0 +1 +0/);
    expect(out).toMatch(/campaign \d+ done +100 +10 +2 +0 +0/);
    const compared = await run('compare', 'bat');
    expect(compared.exit).toBe(0);
    expect(compared.out).toContain('gone:\n  bug ');
    expect(compared.out).toContain('not met, 10 meetings were to be expected');
    expect(compared.out).toContain('regressed: none');
  }, 60_000);

  it.each([
    [['add'], 'name a scenario'],
    [['add', 'nbd', '--first-night'], 'leave them out'],
    [['add', 'nbd/buggy/main', '--cron', '0 25 * * *'], '/cron'],
    [['add', 'nbd/buggy/main', '--zone', 'Europe/Berlim'], 'did you mean Europe/Berlin?'],
    [['add', 'nbd/buggy/main', '--strategy', 'rw/9'], 'did you mean rw/1?'],
    [['add', 'nbd', '--stop', 'never'], '--stop'],
    [['add', 'nbd', '--overlap', 'often'], 'Allowed choices are skip, queue, replace'],
    [['edit', 'owl', '--shard-size', 'never'], 'must be an integer from'],
    [['add', 'nbt'], 'did you mean nbd?'],
    [['show', 'nobody'], 'there is no nightly named nobody'],
    [['history', '999999'], 'there is no nightly 999999'],
  ])('%j is refused', async (words, message) => {
    const { exit, err } = await run(...words);
    expect(err).toContain(message);
    expect(exit).toBe(2);
  });
});
