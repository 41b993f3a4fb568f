/** Programs pushed by who knows what: refused with the place and what to do, at once, whatever they claim to be. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  MAX_BODY_BYTES,
  MAX_JSON_DEPTH,
  problemSchema,
  scenarioPageSchema,
} from '@lastref/contracts';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { realProgram } from '../../../../test/support/real-program.js';

const PATH = '/api/v1/programs';
const FIXTURES = join(__dirname, '../../../../test/fixtures/not-ok/programs');

interface NotOk {
  readonly program: object;
  readonly expected: readonly unknown[];
}

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(async () => {
  await api.close();
});

const push = (body: string | object) =>
  api.http.post(PATH).set('content-type', 'application/json').send(body);

it.each(readdirSync(FIXTURES))('%s is refused as validation does', async (name) => {
  const { program, expected } = JSON.parse(readFileSync(join(FIXTURES, name), 'utf8')) as NotOk;
  const response = await push(program);
  expect([response.status, response.body]).toMatchObject([422, { slug: 'invalid-program' }]);
  expect(problemSchema.parse(response.body).errors).toEqual(expected);
});

/** The program with so many operations behind its own. */
function withMore(operations: number): object {
  const program = realProgram();
  const [last] = program.code.slice(-1);
  return { ...program, code: [...program.code, ...Array.from({ length: operations }, () => last)] };
}

it.each([
  [1_000, 422],
  [8_000, 422],
  [100_000, 413],
])('one with %d operations more is refused by a limit: %d', async (more, status) => {
  const response = await push(withMore(more));
  expect(response.status).toBe(status);
  const { errors, detail } = problemSchema.parse(response.body);
  if (status === 413) expect(detail).toContain(`at most ${MAX_BODY_BYTES} bytes`);
  else expect(errors?.every(({ pointer }) => pointer.startsWith('/code'))).toBe(true);
});

it('one nested past every reason is refused before anything looks into it', async () => {
  const levels = 100_000;
  const code = `${'['.repeat(levels)}${']'.repeat(levels)}`;
  const response = await push(`{"format":2,"code":${code}}`);
  expect([response.status, response.body]).toMatchObject([400, { slug: 'invalid-json' }]);
  expect(problemSchema.parse(response.body).errors).toEqual([
    {
      pointer: `/code${'/0'.repeat(MAX_JSON_DEPTH - 1)}`,
      message: `is nested deeper than ${MAX_JSON_DEPTH} levels`,
    },
  ]);
});

it('nothing that was refused is stored', async () => {
  const response = await api.http.get('/api/v1/scenarios').expect(200);
  const { items } = scenarioPageSchema.parse(response.body);
  expect(items.map(({ scenario }) => scenario)).not.toContain('demo');
});
