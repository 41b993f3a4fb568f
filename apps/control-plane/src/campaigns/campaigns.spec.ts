import {
  type Campaign,
  campaignPageSchema,
  campaignSchema,
  MAX_STOP_MS,
  problemSchema,
} from '@lastref/contracts';
import { closeIncident, openIncident } from '@lastref/storage';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { textLike } from '../../../../test/support/matchers.js';
import { runToTheEnd } from '../../../../test/support/sample-bugs.js';
import {
  SAMPLE_SEMANTICS,
  sampleProgram,
  sampleWorker,
} from '../../../../test/support/sample-shards.js';

let api: TestApi;
let program: string;

beforeAll(async () => {
  api = await startTestApi();
  program = await sampleProgram(api.database, 'disk');
});

afterAll(async () => {
  await api.close();
});

const PATH = '/api/v1/campaigns';

const awaiting = (digest: string, bug: string): object => ({
  stop: { firstFailureOf: [{ program: digest, bugs: [bug] }] },
});

async function start(body: object = {}, key?: string): Promise<Campaign> {
  const request = api.http.post(PATH);
  if (key !== undefined) request.set('idempotency-key', key);
  const response = await request.send({ programs: [program], schedules: 100, ...body });
  expect(response.status).toBe(201);
  return campaignSchema.parse(response.body);
}

describe('a campaign whose program no live worker can run', () => {
  it('says so, and which worker it needs, until there is one', async () => {
    const older = await sampleProgram(api.database, 'older', 1);
    const { id } = await start({ programs: [program, older] });
    const waiting = async (): Promise<Campaign['waiting']> =>
      campaignSchema.parse((await api.http.get(`${PATH}/${id}`)).body).waiting;
    await sampleWorker(api.database, SAMPLE_SEMANTICS);
    expect(await waiting()).toEqual([
      { program: older, address: 'older/buggy/main', semantics: 1 },
    ]);
    await sampleWorker(api.database, [1]);
    expect(await waiting()).toEqual([]);
    await api.http.post(`${PATH}/${id}/cancel`).set('content-type', 'application/json');
    await api.database.query('UPDATE worker SET stopped_at = now()');
    expect(await waiting()).toEqual([]);
  });
});

describe('starting a campaign', () => {
  it('answers 201 with its place, parts and defaults', async () => {
    const response = await api.http
      .post(PATH)
      .send({ programs: ['disk/buggy'], schedules: 1_000, shardSize: 10 });
    expect(response.status).toBe(201);
    const campaign = campaignSchema.parse(response.body);
    expect(response.headers['location']).toBe(`${PATH}/${campaign.id}`);
    expect(campaign).toMatchObject({
      title: 'disk/buggy',
      state: 'running',
      schedules: 1_000,
      ledgerDigest: null,
      reason: null,
      parts: [
        { program, address: 'disk/buggy/main', strategy: 'rw/1', seedFrom: 0, seedEnd: 1_000 },
      ],
    });
  });

  it('is repeated, not doubled, under one idempotency key', async () => {
    const first = await start({}, 'nightly 1');
    const again = await api.http
      .post(PATH)
      .set('idempotency-key', 'nightly 1')
      .send({ schedules: 100, programs: [program] });
    expect([again.status, again.body]).toMatchObject([200, { id: first.id }]);
    const other = await api.http
      .post(PATH)
      .set('idempotency-key', 'nightly 1')
      .send({ programs: [program], schedules: 101 });
    expect([other.status, other.body]).toMatchObject([409, { slug: 'idempotency-conflict' }]);
  });

  it('makes one campaign of ten requests at once with one key', async () => {
    const send = () =>
      api.http
        .post(PATH)
        .set('idempotency-key', 'at once')
        .send({ programs: [program], schedules: 7 });
    const responses = await Promise.all(Array.from({ length: 10 }, send));
    const made = responses.map(({ body }) => campaignSchema.parse(body).id);
    expect(new Set(made).size).toBe(1);
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('names every program that is not stored, and the one probably meant', async () => {
    const response = await api.http
      .post(PATH)
      .send({ programs: [program, 'disk/bugy', '0'.repeat(64)], schedules: 1 });
    expect([response.status, response.body]).toMatchObject([
      422,
      {
        slug: 'unknown-program',
        errors: [
          { pointer: '/programs/1', nearest: 'disk/buggy' },
          { pointer: '/programs/2', message: textLike(/digest/) },
        ],
      },
    ]);
  });

  it('begins with its first round, where it is a portfolio', async () => {
    const stop = { confidenceWidth: 0.01 };
    const campaign = await start({ strategy: 'portfolio', stop, schedules: 5_000 });
    expect(campaign).toMatchObject({ strategy: 'portfolio', stop, schedules: 5_000 });
    expect(campaign.rounds).toMatchObject([{ program, round: 0, stopped: null }]);
    const dealt = campaign.parts.map(({ seedFrom, seedEnd }) => seedEnd - seedFrom);
    expect(dealt.reduce((a, b) => a + b)).toBe(1_000);
  });

  it.each([
    [{ stop: 'soon' }, '/stop', undefined],
    [{ stop: { confidenceWidth: 1 } }, '/stop/confidenceWidth', undefined],
    [{ stop: { width: 0.5 } }, '/stop', undefined],
    [{ stop: { elapsedMs: 0 } }, '/stop/elapsedMs', undefined],
    [{ stop: { elapsedMs: MAX_STOP_MS + 1 } }, '/stop/elapsedMs', undefined],
    [{ stop: { firstFailureOf: [] } }, '/stop/firstFailureOf', undefined],
    [awaiting('0'.repeat(64), 'leak@a'), '/stop/firstFailureOf/0/program', undefined],
    [awaiting('0'.repeat(64), 'leak'), '/stop/firstFailureOf/0/bugs/0', undefined],
    [{ strategy: 'rw/2' }, '/strategy', 'rw/1'],
    [{ seedForm: 1 }, '/seedForm', 'seedFrom'],
    [{ schedules: 0 }, '/schedules', undefined],
    [{ seedFrom: -1 }, '/seedFrom', undefined],
    [{ title: 'a\nb' }, '/title', undefined],
  ])('refuses %j at %s', async (wrong, pointer, nearest) => {
    const response = await api.http
      .post(PATH)
      .send({ programs: [program], schedules: 1, ...wrong });
    expect(response.status).toBe(422);
    const problem = problemSchema.parse(response.body);
    expect(problem.slug).toBe('invalid-body');
    expect(problem.errors?.[0]).toMatchObject({ pointer });
    expect(problem.errors?.[0]?.nearest).toBe(nearest);
  });

  it('refuses an idempotency key that is too long', async () => {
    const response = await api.http
      .post(PATH)
      .set('idempotency-key', 'k'.repeat(201))
      .send({ programs: [program], schedules: 1 });
    expect([response.status, response.body]).toMatchObject([400, { slug: 'invalid-request' }]);
  });
});

describe('a campaign', () => {
  it('counts per part, then ends with a ledger digest', async () => {
    const { id } = await start({ schedules: 60, shardSize: 20 });
    const stream = api.http.get(`${PATH}/${id}/events`).set('accept', 'text/event-stream');
    const watched = stream.then(({ text }) => text);
    await runToTheEnd(api.database, id);
    const events = await watched;
    const last: unknown = JSON.parse(events.trim().split('data: ').at(-1) ?? '');
    expect(last).toMatchObject({ id, state: 'done', executed: 60 });
    const response = await api.http.get(`${PATH}/${id}`).expect(200);
    const campaign = campaignSchema.parse(response.body);
    expect(campaign).toMatchObject({
      state: 'done',
      executed: 60,
      failing: 6,
      shards: { carved: 3, done: 3, quarantined: 0 },
      ledgerDigest: textLike(/^[0-9a-f]{64}$/),
      missing: [],
    });
    expect(campaign.parts[0]?.signatures.map(({ count }) => count)).toEqual([6, 4]);
  });

  it('is cancelled once, and not after its end', async () => {
    const { id } = await start();
    const cancelled = await api.http.post(`${PATH}/${id}/cancel`).send({}).expect(200);
    expect(cancelled.body).toMatchObject({ id, state: 'cancelled' });
    await api.http.post(`${PATH}/${id}/cancel`).send({}).expect(200);
    const ended = await api.http.get(PATH).query({ state: 'done', limit: '1' });
    const over = campaignPageSchema.parse(ended.body).items[0]?.id ?? 0;
    const response = await api.http.post(`${PATH}/${over}/cancel`).send({});
    expect([response.status, response.body]).toMatchObject([409, { slug: 'campaign-over' }]);
  });

  it('is retried once it is incomplete and its incident is closed', async () => {
    const { id } = await start();
    const retry = (): Promise<{ status: number; body: unknown }> =>
      api.http.post(`${PATH}/${id}/retry`).send({});
    const running = await retry();
    expect([running.status, running.body]).toMatchObject([409, { slug: 'not-incomplete' }]);
    const dispute = { kind: 'digest', subject: 'a shard', detail: '{}', campaign: id } as const;
    const incident = await openIncident(api.database, dispute);
    const stopped = await retry();
    expect([stopped.status, stopped.body]).toMatchObject([409, { slug: 'incident-open' }]);
    await closeIncident(api.database, incident ?? 0, 'understood');
    const retried = await retry();
    expect([retried.status, retried.body]).toMatchObject([200, { id, state: 'running' }]);
  });

  it('that is unknown answers 404 everywhere', async () => {
    for (const response of [
      await api.http.get(`${PATH}/999999`),
      await api.http.get(`${PATH}/999999/events`),
      await api.http.post(`${PATH}/999999/cancel`).send({}),
      await api.http.post(`${PATH}/999999/retry`).send({}),
    ]) {
      expect([response.status, response.body]).toMatchObject([404, { slug: 'not-found' }]);
    }
  });
});

describe('the list of campaigns', () => {
  it('walks all of them in pages, newest first, without repeats', async () => {
    const seen: number[] = [];
    let after: string | null = null;
    do {
      const query = after === null ? { limit: '2' } : { limit: '2', after };
      const page = campaignPageSchema.parse((await api.http.get(PATH).query(query)).body);
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after !== null);
    const all = campaignPageSchema.parse((await api.http.get(PATH).query({ limit: '200' })).body);
    expect(seen).toEqual(all.items.map(({ id }) => id));
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
  });

  it.each([
    [{ limit: '201' }, '?limit'],
    [{ after: 'bm9uc2Vuc2U' }, '?after'],
    [{ state: 'dead' }, '?state'],
    [{ stat: 'done' }, '?stat'],
    [{ limit: ['1', '2'] }, '?limit'],
  ])('refuses the query %j', async (query, pointer) => {
    const response = await api.http.get(PATH).query(query);
    expect([response.status, response.body]).toMatchObject([
      400,
      { slug: 'invalid-query', errors: [{ pointer }] },
    ]);
  });

  it('refuses an id that is none', async () => {
    const response = await api.http.get(`${PATH}/abc`);
    expect([response.status, response.body]).toMatchObject([400, { slug: 'invalid-query' }]);
  });
});
