import { matrixPageSchema, type MatrixRow } from '@lastref/contracts';
import { compileAddress } from '@lastref/scenarios';
import { createOperation } from '@lastref/storage';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { storeReal } from '../../../../test/support/real-program.js';
import { runOperations } from '../../../../test/support/run-operations.js';
import { runToTheEnd } from '../../../../test/support/sample-bugs.js';
import { sampleCampaign, sampleProgram } from '../../../../test/support/sample-shards.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(async () => {
  await api.close();
});

async function rows(): Promise<ReadonlyMap<string, MatrixRow>> {
  const response = await api.http.get('/api/v1/matrix').expect(200);
  const { items } = matrixPageSchema.parse(response.body);
  return new Map(items.map((row) => [row.address, row]));
}

async function prove(address: string, maxStates: number): Promise<void> {
  const program = await storeReal(api.database, compileAddress(address));
  const work = { kind: 'prove', maxStates, symmetry: false, reduce: false } as const;
  await createOperation(api.database, { program, work });
  await runOperations(api.database);
}

describe('the matrix', () => {
  it('shows by address what completions have left of each program', async () => {
    await storeReal(api.database, compileAddress('nbd/fixed/stays-open'));
    await prove('nbd/buggy/main', 5_000);
    await prove('nvmem/fixed/main', 10);
    const sampled = await sampleProgram(api.database, 'sample');
    await runToTheEnd(api.database, await sampleCampaign(api.database, [sampled]));
    const matrix = await rows();
    expect(matrix.get('nbd/fixed/stays-open')).toMatchObject({
      standing: 'unknown',
      evidence: 'none',
    });
    expect(matrix.get('nbd/buggy/main')).toMatchObject({
      standing: 'fails as expected',
      evidence: 'proved',
      proof: { complete: true },
    });
    expect(matrix.get('nvmem/fixed/main')).toMatchObject({
      standing: 'bounded',
      expected: 'clean',
    });
    expect(matrix.get('sample/buggy/main')).toMatchObject({
      standing: 'fails',
      evidence: 'sampled',
      expected: null,
      schedules: 1_000,
      failing: 100,
    });
    await prove('nvmem/fixed/main', 50_000);
    expect((await rows()).get('nvmem/fixed/main')?.standing).toBe('proved');
    expect([...matrix.keys()]).toEqual([...matrix.keys()].sort());
  });

  it('is read in pages', async () => {
    const addresses: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const after: string = next === '' ? '' : `&after=${next}`;
      const response = await api.http.get(`/api/v1/matrix?limit=1${after}`).expect(200);
      const page = matrixPageSchema.parse(response.body);
      addresses.push(...page.items.map((row) => row.address));
      next = page.next;
    }
    expect(addresses).toEqual([...(await rows()).keys()]);
  });
});
