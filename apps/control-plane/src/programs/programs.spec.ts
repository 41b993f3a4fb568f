import {
  programPageSchema,
  programSchema,
  programSummarySchema,
  scenarioPageSchema,
  type ScenarioPage,
} from '@lastref/contracts';
import { programDigest } from '@lastref/kernel';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { textLike } from '../../../../test/support/matchers.js';
import { realProgram } from '../../../../test/support/real-program.js';
import { sampleProgram } from '../../../../test/support/sample-shards.js';

let api: TestApi;
const program = realProgram();
const digest = programDigest(program);

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(async () => {
  await api.close();
});

const PATH = '/api/v1/programs';

describe('programs', () => {
  it('are stored once, under their digest', async () => {
    const first = await api.http.post(PATH).send(program);
    expect([first.status, first.body]).toMatchObject([201, { digest, address: 'nbd/buggy/main' }]);
    expect(first.headers['location']).toBe(`${PATH}/${digest}`);
    const again = await api.http.post(PATH).send(program);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(programSummarySchema.parse(again.body).title).toBe(program.title);
  });

  it('of another kind do not take over the address of one that Lastref ships', async () => {
    const foreign = { ...program, title: 'a foreign one' };
    const answer = await api.http.post(PATH).send(foreign).expect(201);
    expect(programSummarySchema.parse(answer.body).version).toBeNull();
    const listed = await api.http.get('/api/v1/scenarios').expect(200);
    const { items } = scenarioPageSchema.parse(listed.body);
    const nbd = items.find(({ scenario }) => scenario === 'nbd');
    expect(nbd?.variants[0]?.cases[0]).toMatchObject({ address: 'nbd/buggy/main', digest });
    await api.http.get(`${PATH}/${programDigest(foreign)}`).expect(200);
  });

  it('come back as they were sent', async () => {
    const response = await api.http.get(`${PATH}/${digest}`).expect(200);
    expect(programSchema.parse(response.body).program).toEqual(JSON.parse(JSON.stringify(program)));
    const named = await api.http.get(`${PATH}/${digest.slice(0, 32)}`).expect(200);
    expect(named.body).toEqual(response.body);
  });

  it('are refused with the places of what is wrong', async () => {
    const response = await api.http.post(PATH).send({ ...program, scenario: 'NBD!' });
    expect([response.status, response.body]).toMatchObject([
      422,
      { slug: 'invalid-program', errors: [{ pointer: '/scenario', message: textLike(/./) }] },
    ]);
    const empty = await api.http.post(PATH).set('content-type', 'application/json').send();
    expect([empty.status, empty.body]).toMatchObject([422, { slug: 'invalid-program' }]);
  });

  it('bind an idempotency key to one program', async () => {
    await api.http.post(PATH).set('idempotency-key', 'p').send(program).expect(200);
    await api.http.post(PATH).set('idempotency-key', 'p').send(program).expect(200);
    const other = { ...program, title: 'another' };
    const response = await api.http.post(PATH).set('idempotency-key', 'p').send(other);
    expect([response.status, response.body]).toMatchObject([409, { slug: 'idempotency-conflict' }]);
    await api.http.get(`${PATH}/${programDigest(other)}`).expect(404);
  });

  it('are listed in pages, of one scenario if asked', async () => {
    const stored = [
      await sampleProgram(api.database, 'disk'),
      await sampleProgram(api.database, 'disk'),
      await sampleProgram(api.database, 'disk'),
    ];
    const query = { scenario: 'disk', limit: '2' };
    const first = programPageSchema.parse((await api.http.get(PATH).query(query)).body);
    const rest = programPageSchema.parse(
      (await api.http.get(PATH).query({ ...query, after: first.next })).body,
    );
    expect([...first.items, ...rest.items].map((one) => one.digest)).toEqual(stored.reverse());
    expect([first.items.length, rest.next]).toEqual([2, null]);
  });

  it('that are not stored answer 404, and what is no digest 400', async () => {
    await api.http.get(`${PATH}/${'0'.repeat(64)}`).expect(404);
    await api.http.get(`${PATH}/abc`).expect(400);
  });
});

describe('scenarios', () => {
  it('are grouped from the programs stored last, in pages by name', async () => {
    const latest = await sampleProgram(api.database, 'disk');
    const found: ScenarioPage['items'][number][] = [];
    let after: string | null | undefined;
    do {
      const query = { limit: '1', ...(after === undefined ? {} : { after }) };
      const response = await api.http.get('/api/v1/scenarios').query(query).expect(200);
      const page = scenarioPageSchema.parse(response.body);
      expect(page.items.length).toBeLessThanOrEqual(1);
      found.push(...page.items);
      after = page.next;
    } while (after !== null);
    // The canaries of nights are stored by the service itself.
    expect(found.filter(({ scenario }) => scenario !== 'canary')).toMatchObject([
      {
        scenario: 'disk',
        variants: [
          {
            variant: 'buggy',
            cases: [{ case: 'main', address: 'disk/buggy/main', digest: latest }],
          },
        ],
      },
      { scenario: 'nbd' },
    ]);
  });
});
