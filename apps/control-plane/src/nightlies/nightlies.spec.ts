/** /api/v1/nightlies against the real application, whose own clock sweeps every second. */
import {
  comparisonSchema,
  type Nightly,
  nightlyPageSchema,
  nightlySchema,
  problemSchema,
  tickPageSchema,
  type Tick,
} from '@lastref/contracts';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { eventually } from '../../../../test/support/eventually.js';
import { letBeDue } from '../../../../test/support/nights.js';
import { runToTheEnd } from '../../../../test/support/sample-bugs.js';
import { sampleProgram } from '../../../../test/support/sample-shards.js';

const PATH = '/api/v1/nightlies';
const NEVER = 2 ** 50;

let api: TestApi;
let made = 0;

beforeAll(async () => {
  api = await startTestApi();
  await sampleProgram(api.database, 'owl');
});

afterAll(async () => {
  await api.close();
});

function request(more: object = {}): object {
  made += 1;
  const schedule = { cron: '0 2 * * *', zone: 'Europe/Berlin' };
  return { name: `night-${made}`, ...schedule, programs: ['owl'], schedules: 100, ...more };
}

async function make(more: object = {}): Promise<Nightly> {
  const response = await api.http.post(PATH).send(request(more)).expect(201);
  return nightlySchema.parse(response.body);
}

const ticksOf = async (id: number): Promise<Tick[]> =>
  tickPageSchema.parse((await api.http.get(`${PATH}/${id}/ticks`).expect(200)).body).items;

/** One night to its end, failing as often as is said; when it has been reviewed. */
async function night(id: number, every?: number): Promise<Tick> {
  const before = (await ticksOf(id)).length;
  await letBeDue(api.database, id);
  const started = await eventually(async () => {
    const [last, ...others] = await ticksOf(id);
    return others.length === before && last;
  });
  await runToTheEnd(api.database, started.campaign?.id ?? 0, every);
  return eventually(async () =>
    (await ticksOf(id)).find((tick) => tick.bugs !== null && tick.id === started.id),
  );
}

describe('setting up a nightly', () => {
  it('fills in what was not said, and says when it is due', async () => {
    const nightly = await make();
    expect(nightly).toMatchObject({
      state: 'active',
      strategy: 'rw/1',
      stop: 'count',
      overlap: 'skip',
      catchUpMinutes: 360,
      deadlineMinutes: null,
      canaryMinutes: 60,
      shardSize: null,
      lastTick: null,
    });
    const due = new Date(nightly.nextDueAt ?? '');
    const inBerlin = due.toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' });
    expect([due > new Date(), inBerlin]).toEqual([true, '02:00:00']);
  });

  it('makes one however often a key is sent, and none for another request', async () => {
    const body = request();
    const send = (sent: object): ReturnType<typeof api.http.post> =>
      api.http.post(PATH).set('idempotency-key', 'tonight').send(sent);
    const [first, second] = await Promise.all([send(body), send(body)]);
    expect([first.status, second.status].sort()).toEqual([200, 201]);
    expect(nightlySchema.parse(first.body).id).toBe(nightlySchema.parse(second.body).id);
    const other = await send(request());
    expect([other.status, other.body]).toMatchObject([409, { slug: 'idempotency-conflict' }]);
  });

  it('refuses a name that is taken, until that nightly is removed', async () => {
    const { id, name } = await make();
    const taken = await api.http.post(PATH).send(request({ name }));
    expect([taken.status, taken.body]).toMatchObject([
      409,
      { slug: 'name-taken', errors: [{ pointer: '/name' }] },
    ]);
    const removed = await api.http.delete(`${PATH}/${id}`).set('content-type', 'application/json');
    expect([removed.status, removed.body]).toMatchObject([
      200,
      { state: 'removed', nextDueAt: null },
    ]);
    await make({ name });
  });

  it.each([
    [{ cron: '0 25 * * *' }, '/cron', undefined],
    [{ cron: '0 2 * *' }, '/cron', undefined],
    [{ cron: 'H 2 * * *' }, '/cron', undefined],
    [{ cron: '0 0 30 2 *' }, '/cron', undefined],
    [{ zone: 'Europe/Berlim' }, '/zone', 'Europe/Berlin'],
    [{ zone: '+01:00' }, '/zone', undefined],
    [{ strategy: 'rw/9' }, '/strategy', 'rw/1'],
    [{ programs: ['ovl'] }, '/programs/0', 'owl'],
    [{ programs: ['owl', 'owl/bugy'] }, '/programs/1', 'owl/buggy'],
    [{ programs: ['Owl!'] }, '/programs/0', undefined],
    [{ overlap: 'often' }, '/overlap', undefined],
    [{ schedules: 0 }, '/schedules', undefined],
    [{ stop: { firstFailureOf: [] } }, '/stop', undefined],
    [{ catchUpMinutes: -1 }, '/catchUpMinutes', undefined],
    [{ overlapp: 'skip' }, '/overlapp', 'overlap'],
  ])('refuses %j at %s', async (wrong, pointer, nearest) => {
    const response = await api.http.post(PATH).send(request(wrong));
    expect(response.status).toBe(422);
    const [error] = problemSchema.parse(response.body).errors ?? [];
    expect([error?.pointer, error?.nearest]).toEqual([pointer, nearest]);
  });

  it('tells all that is wrong with the time at once', async () => {
    const response = await api.http.post(PATH).send(request({ cron: 'x', zone: 'Nowhere' }));
    const errors = problemSchema.parse(response.body).errors ?? [];
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/cron', '/zone']);
  });
});

describe('a nightly', () => {
  it('is listed in pages, found by its name, and no longer when it was removed', async () => {
    const [one, other] = [await make(), await make()];
    const page = async (query: object): Promise<number[]> =>
      nightlyPageSchema
        .parse((await api.http.get(PATH).query(query).expect(200)).body)
        .items.map(({ id }) => id);
    expect((await page({ limit: '2' })).slice(0, 2)).toEqual([other.id, one.id]);
    expect(await page({ name: one.name })).toEqual([one.id]);
    await api.http.delete(`${PATH}/${one.id}`).set('content-type', 'application/json');
    expect(await page({ name: one.name })).toEqual([]);
    await api.http.get(`${PATH}/${one.id}`).expect(200);
  });

  it('is changed in what is named, and due anew when its time is', async () => {
    const before = await make();
    const edited = await api.http
      .patch(`${PATH}/${before.id}`)
      .send({ schedules: 7, overlap: 'queue' });
    expect(nightlySchema.parse(edited.body)).toEqual({ ...before, schedules: 7, overlap: 'queue' });
    const moved = await api.http.patch(`${PATH}/${before.id}`).send({ zone: 'Asia/Tokyo' });
    const due = new Date(nightlySchema.parse(moved.body).nextDueAt ?? '');
    expect(due.toLocaleTimeString('en-GB', { timeZone: 'Asia/Tokyo' })).toBe('02:00:00');
  });

  it.each([
    [{}, 422, 'invalid-body'],
    [{ cron: '61 * * * *' }, 422, 'invalid-body'],
    [{ programs: ['nothing'] }, 422, 'unknown-program'],
  ])('is not changed to %j', async (change, status, slug) => {
    const { id } = await make();
    const response = await api.http.patch(`${PATH}/${id}`).send(change);
    expect([response.status, response.body]).toMatchObject([status, { slug }]);
  });

  it('is not renamed to what another is called', async () => {
    const [one, other] = [await make(), await make()];
    const response = await api.http.patch(`${PATH}/${one.id}`).send({ name: other.name });
    expect([response.status, response.body]).toMatchObject([409, { slug: 'name-taken' }]);
    await api.http.patch(`${PATH}/${one.id}`).send({ name: one.name }).expect(200);
  });

  it('is due no more while it is paused, and catches nothing up', async () => {
    const { id } = await make();
    const paused = await api.http.post(`${PATH}/${id}/pause`).send({}).expect(200);
    expect(nightlySchema.parse(paused.body)).toMatchObject({ state: 'paused', nextDueAt: null });
    await letBeDue(api.database, id, '1 hour');
    const resumed = await api.http.post(`${PATH}/${id}/resume`).send({}).expect(200);
    const { state, nextDueAt } = nightlySchema.parse(resumed.body);
    expect([state, new Date(nextDueAt ?? '') > new Date()]).toEqual(['active', true]);
    expect(await ticksOf(id)).toEqual([]);
  });

  it.each([
    ['get', ''],
    ['patch', ''],
    ['delete', ''],
    ['post', '/pause'],
    ['post', '/resume'],
    ['get', '/ticks'],
    ['get', '/comparison'],
  ] as const)('that does not exist: %s %s', async (method, path) => {
    const asked = api.http[method](`${PATH}/999999${path}`);
    const response = await (method === 'get' ? asked : asked.send({ schedules: 1 }));
    expect([response.status, response.body]).toMatchObject([404, { slug: 'not-found' }]);
  });
});

describe('the nights of a nightly', () => {
  it('are compared: a bug is new, gone, and back with its history', async () => {
    await sampleProgram(api.database, 'bat');
    const { id } = await make({ programs: ['bat'] });
    const none = await api.http.get(`${PATH}/${id}/comparison`);
    expect([none.status, none.body]).toMatchObject([404, { slug: 'not-found' }]);
    const first = await night(id);
    const second = await night(id, NEVER);
    const third = await night(id);
    expect([first.bugs, second.bugs, third.bugs]).toEqual([
      { new: 2, gone: 0, regressed: 0 },
      { new: 0, gone: 1, regressed: 0 },
      { new: 0, gone: 0, regressed: 1 },
    ]);
    const compare = async (tick?: number): Promise<ReturnType<typeof comparisonSchema.parse>> => {
      const query = tick === undefined ? {} : { tick: String(tick) };
      const response = await api.http.get(`${PATH}/${id}/comparison`).query(query).expect(200);
      return comparisonSchema.parse(response.body);
    };
    const last = await compare();
    expect(last).toMatchObject({ tick: { id: third.id }, before: { id: second.id }, new: [] });
    expect(last.regressed).toMatchObject([
      {
        scenario: 'bat',
        count: 10,
        countBefore: 10,
        history: [
          { kind: 'found', campaign: first.campaign?.id },
          { kind: 'gone', campaign: second.campaign?.id },
          { kind: 'regressed', campaign: third.campaign?.id },
        ],
      },
    ]);
    expect(last.standing.map(({ report }) => report)).toEqual([true]);
    const middle = await compare(second.id);
    expect(middle).toMatchObject({
      gone: [{ count: 0, countBefore: 10 }],
      regressed: [],
      unmet: [],
    });
    const begin = await compare(first.id);
    expect(begin).toMatchObject({ before: null, new: [{}, {}] });
  }, 60_000);
});
