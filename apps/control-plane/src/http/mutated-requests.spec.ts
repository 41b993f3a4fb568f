/**
 * Requests that were valid before one to three places of them were changed: whatever comes, the answer is a result or a
 * small problem in words, never a failure of the service.
 */
import { MAX_PROBLEM_ERRORS, MAX_PROBLEM_TEXT, problemSchema } from '@lastref/contracts';
import fc from 'fast-check';
import type { Response } from 'supertest';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { sampleProgram } from '../../../../test/support/sample-shards.js';

let api: TestApi;
let program: string;

beforeAll(async () => {
  api = await startTestApi();
  program = await sampleProgram(api.database, 'disk');
});

afterAll(async () => {
  await api.close();
});

const LARGEST_PROBLEM = 32 * 1024;
const UNHELPFUL = /undefined|\[object|Error:|\.[jt]s:|Invalid input/;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const SAMPLES: readonly { path: string; body: () => Json }[] = [
  {
    path: '/api/v1/campaigns',
    body: () => ({ programs: [program], schedules: 5, shardSize: 5, title: 't', seedFrom: 3 }),
  },
  {
    path: '/api/v1/campaigns',
    body: () => ({
      programs: ['disk/buggy/main'],
      schedules: 5,
      strategy: 'portfolio',
      stop: { firstFailureOf: [{ program, bugs: ['deadlock@a+b'] }] },
    }),
  },
  {
    path: '/api/v1/replays',
    body: () => ({ address: 'disk/buggy/main', strategy: 'rw/1', seed: 1 }),
  },
  { path: '/api/v1/replays', body: () => ({ digest: program, schedule: '0120' }) },
  { path: '/api/v1/replays', body: () => ({ token: `lr1.${program}.rw~1.1` }) },
  {
    path: '/api/v1/orders',
    body: () => ({ digest: program, milestones: ['a', 'b'], maxStates: 9 }),
  },
  {
    path: '/api/v1/programs',
    body: () => ({ format: 1, scenario: 's', functions: [{ name: 'f' }], tasks: [{ name: 't' }] }),
  },
];

const manyKeys = (count: number): Json =>
  Object.fromEntries(Array.from({ length: count }, (_, place) => [`key${place}`, 0]));

const evil: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    { length: { toString: false } },
    { length: { valueOf: 1, toString: 1 } },
    { length: 5 },
    { length: { length: [] } },
    { size: { toString: null } },
    [[{ length: 1 }]],
    null,
    {},
    [],
    -1,
    0.5,
    Number.MAX_SAFE_INTEGER,
    '',
    '\u202e💥',
    '../../etc/passwd',
    'rw/9999',
    'disk/bugy',
    'x'.repeat(5_000),
    Array.from({ length: 500 }, () => 'NO'),
    manyKeys(500),
  ),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
);

interface Change {
  place: number;
  how: 'replace' | 'remove' | 'add';
  key: string;
  value: Json;
}

const change: fc.Arbitrary<Change> = fc.record({
  place: fc.nat(40),
  how: fc.constantFrom('replace', 'remove', 'add'),
  key: fc.oneof(
    fc.constantFrom('length', 'toString', 'constructor', 'seeds', 'x/~y'),
    fc.string({ maxLength: 8 }),
  ),
  value: evil,
});

type Place = [Record<string, Json>, string];

function placesOf(value: Json): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, Json>;
  return Object.keys(holder).flatMap((key) => [
    [holder, key] satisfies Place,
    ...placesOf(holder[key] ?? null),
  ]);
}

function add(holder: object, key: string, value: Json): void {
  // Own, whatever it is called; a list has a length of its own.
  const own = { value, enumerable: true, configurable: true, writable: true };
  if (Array.isArray(holder)) holder.push(value);
  else Object.defineProperty(holder, key, own);
}

function changed(body: Json, { place, how, key, value: given }: Change): Json {
  // Of its own: a later change may be one of it.
  const value = structuredClone(given);
  const places = placesOf(body);
  const [holder, at] = places[place % Math.max(places.length, 1)] ?? [];
  if (holder === undefined || at === undefined) return value;
  switch (how) {
    case 'replace':
      holder[at] = value;
      return body;
    case 'remove':
      Reflect.deleteProperty(holder, at);
      return body;
    case 'add':
      add(holder, key, value);
      return body;
  }
}

function expectSound(response: Response): void {
  expect(response.status).toBeLessThan(500);
  if (response.status < 400) return;
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(response.text.length).toBeLessThan(LARGEST_PROBLEM);
  const problem = problemSchema.parse(JSON.parse(response.text));
  expect(problem.detail.length).toBeLessThanOrEqual(MAX_PROBLEM_TEXT);
  expect(problem.errors?.length ?? 0).toBeLessThanOrEqual(MAX_PROBLEM_ERRORS);
  expect(problem.detail.length).toBeGreaterThan(8);
  if (problem.slug !== 'invalid-program') expect(problem.detail).not.toMatch(UNHELPFUL);
}

const post = (path: string, body: Json): Promise<Response> =>
  api.http.post(path).set('content-type', 'application/json').send(JSON.stringify(body));

describe('a mutated request', () => {
  it('is answered, or refused in a few words', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SAMPLES),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        async ({ path, body }, changes) => {
          expectSound(await post(path, changes.reduce<Json>(changed, body())));
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);

  it.each([
    ['/api/v1/replays', { token: { length: { toString: false } } }],
    ['/api/v1/campaigns', { programs: { length: { valueOf: 0, toString: 0 } }, schedules: 1 }],
    ['/api/v1/programs', { functions: { length: { toString: false } } }],
  ])('of a thing whose length is no number is the sender’s fault: %s', async (path, body) => {
    const response = await post(path, body);
    expectSound(response);
    expect([response.status, response.body]).toMatchObject([400, { slug: 'invalid-json' }]);
  });

  it.each([
    [
      'keys that do not exist',
      { ...{ programs: ['a/b'], schedules: 1 }, ...(manyKeys(60_000) as object) },
    ],
    ['wrong items', { programs: Array.from({ length: 300_000 }, () => 1), schedules: 1 }],
    ['characters', { programs: ['a'.repeat(900_000)], schedules: 1 }],
    ['characters of a key', { [`k${'x'.repeat(900_000)}`]: 1 }],
  ])('with very many %s draws a small answer', async (_, body) => {
    const response = await post('/api/v1/campaigns', body);
    expectSound(response);
    expect(response.status).toBe(422);
  });

  it('draws a small answer also where its longest text is the first that is wrong', async () => {
    const key = JSON.stringify(`k${'x'.repeat(400_000)}`);
    const twice = await api.http
      .post('/api/v1/campaigns')
      .set('content-type', 'application/json')
      .send(`{${key}:1,${key}:2}`);
    expectSound(twice);
    expect(twice.status).toBe(400);
    expectSound(await api.http.get(`/api/v1/${'x'.repeat(8_000)}`));
  });

  it('says what stands at the place it names', async () => {
    const several = await post('/api/v1/campaigns', {
      programs: [program, 'DISK', 7],
      schedules: 0,
    });
    expect(problemSchema.parse(several.body).errors).toEqual([
      {
        pointer: '/programs/1',
        message:
          'must be an address (scenario/variant/case) or a digest of 64 hexadecimal digits, not "DISK"',
      },
      { pointer: '/programs/2', message: 'must be a text, not 7' },
      { pointer: '/schedules', message: 'must be at least 1, not 0' },
    ]);
    const unknown = await post('/api/v1/campaigns', { programs: ['disk/bugy'], schedules: 1 });
    expect(problemSchema.parse(unknown.body).detail).toBe(
      '/programs/0: no program is stored under disk/bugy; push it first',
    );
    const missing = await post('/api/v1/campaigns', { schedules: 1 });
    expect(problemSchema.parse(missing.body).detail).toBe('/programs: is missing: must be a list');
  });

  it.each([
    ['/api/v1/campaigns', {}],
    ['/api/v1/scenarios', { length: { toString: false } }],
    ['/api/v1/failures?bug=1', { seed: { valueOf: 0 }, group: [] }],
    ['/api/v1/workers', { length: 3 }],
  ])('with a cursor nobody made is refused: %s', async (path, key) => {
    const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');
    const response = await api.http.get(`${path}${path.includes('?') ? '&' : '?'}after=${cursor}`);
    expectSound(response);
    expect(response.status).toBe(400);
  });
});
