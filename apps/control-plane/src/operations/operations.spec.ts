import { operationPageSchema, operationSchema, type Operation } from '@lastref/contracts';
import { prove } from '@lastref/exploration';
import { programDigest } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { claimOperation, failOperation } from '@lastref/storage';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { runOperations } from '../../../../test/support/run-operations.js';
import { SAMPLE_SEMANTICS } from '../../../../test/support/sample-shards.js';

const PATH = '/api/v1/operations';
const program = compileAddress('nbd/buggy/main');
const digest = programDigest(program);
const PROVE = { kind: 'prove', program: digest, maxStates: 5_000 };

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  await api.http.post('/api/v1/programs').send(program).expect(201);
});

afterAll(async () => {
  await api.close();
});

async function made(body: object = PROVE, key?: string): Promise<Operation> {
  const request = api.http.post(PATH).send(body);
  const response = await (key === undefined ? request : request.set('Idempotency-Key', key));
  expect([response.status, response.body]).toMatchObject([202, {}]);
  const operation = operationSchema.parse(response.body);
  expect(response.headers['location']).toBe(`${PATH}/${operation.id}`);
  return operation;
}

const read = async (id: number): Promise<Operation> =>
  operationSchema.parse((await api.http.get(`${PATH}/${id}`).expect(200)).body);

describe('operations', () => {
  it('are accepted with where their result will be, and hold it once they are done', async () => {
    const { id, work, state, result } = await made({ ...PROVE, program: 'nbd/buggy' });
    expect([work, state, result]).toEqual([
      { kind: 'prove', maxStates: 5_000, symmetry: false, reduce: false },
      'waiting',
      null,
    ]);
    await runOperations(api.database);
    expect(await read(id)).toMatchObject({ state: 'done', program: digest });
    expect((await read(id)).result).toEqual(prove(program, { maxStates: 5_000 }));
  });

  it('are made once for a key', async () => {
    const first = await made(PROVE, 'k1');
    expect(await made(PROVE, 'k1')).toEqual(first);
    const other = { ...PROVE, maxStates: 5_001 };
    await api.http.post(PATH).set('Idempotency-Key', 'k1').send(other).expect(409);
  });

  it.each([
    [{ ...PROVE, program: 'nbd/bugy' }, 'unknown-program', '/program'],
    [{ ...PROVE, maxStates: 0 }, 'invalid-body', '/maxStates'],
    [{ ...PROVE, signature: 'x' }, 'invalid-body', '/signature'],
    [{ kind: 'guess', program: digest }, 'invalid-body', '/kind'],
    [{ kind: 'shrink', program: digest }, 'invalid-body', '/signature'],
    [{ kind: 'orders', program: digest, milestones: ['one'] }, 'invalid-body', '/milestones'],
  ])('refuse %j', async (body, slug, pointer) => {
    const response = await api.http.post(PATH).send(body).expect(422);
    expect(response.body).toMatchObject({ slug, errors: [{ pointer }] });
  });

  it('are cancelled and resumed; one that is done is neither', async () => {
    const { id } = await made();
    const change = async (what: string, status: number): Promise<unknown> =>
      (await api.http.post(`${PATH}/${id}/${what}`).send({}).expect(status)).body;
    expect(await change('cancel', 200)).toMatchObject({ state: 'cancelled' });
    expect(await change('cancel', 200)).toMatchObject({ state: 'cancelled' });
    expect(await change('resume', 200)).toMatchObject({ state: 'waiting', endedAt: null });
    await runOperations(api.database);
    expect(await change('cancel', 409)).toMatchObject({ slug: 'operation-over' });
    expect(await change('resume', 409)).toMatchObject({ slug: 'operation-over' });
    await api.http.post(`${PATH}/999999/cancel`).send({}).expect(404);
  });

  it('that failed say why', async () => {
    const { id } = await made();
    const lease = { worker: '00000000-0000-4000-8000-00000000000d', leaseMs: 60_000, alone: false };
    const asked = { operation: id, ...lease, semantics: SAMPLE_SEMANTICS };
    const claim = await claimOperation(api.database, asked);
    if (claim === null) throw new Error('somebody else has it');
    await failOperation(api.database, lease.worker, claim, 'out of bounds', true);
    expect(await read(id)).toMatchObject({ state: 'failed', messages: ['out of bounds'] });
  });

  it('are listed newest first, in pages, and by state', async () => {
    const ids = [(await made()).id, (await made()).id];
    const page = async (query: string): Promise<{ ids: number[]; next: string | null }> => {
      const response = await api.http.get(`${PATH}?${query}`).expect(200);
      const { items, next } = operationPageSchema.parse(response.body);
      return { ids: items.map((item) => item.id), next };
    };
    const first = await page('limit=1&state=waiting');
    expect(first.ids).toEqual([ids[1]]);
    expect((await page(`limit=1&state=waiting&after=${first.next ?? ''}`)).ids).toEqual([ids[0]]);
    expect((await page('state=done')).ids).not.toContain(ids[0]);
  });
});
