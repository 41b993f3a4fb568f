import { progressSchema, workerPageSchema } from '@lastref/contracts';
import { registerWorker, stopWorker } from '@lastref/storage';
import { randomUUID } from 'node:crypto';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { SAMPLE_SEMANTICS } from '../../../../test/support/sample-shards.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(async () => {
  await api.close();
});

async function addWorker(threads: number): Promise<string> {
  const id = randomUUID();
  await registerWorker(api.database, {
    id,
    host: 'here',
    pid: 42,
    threads,
    semantics: SAMPLE_SEMANTICS,
    version: '0.1.0',
  });
  return id;
}

describe('health', () => {
  it('is live and ready', async () => {
    await api.http.get('/api/v1/health/live').expect(200, { status: 'live' });
    await api.http.get('/api/v1/health/ready').expect(200, { status: 'ready' });
  });

  it('counts the workers that are alive, and lists all of them in pages', async () => {
    const ids = [await addWorker(1), await addWorker(2), await addWorker(4)];
    await stopWorker(api.database, ids[0] ?? '');
    const response = await api.http.get('/api/v1/health/progress').expect(200);
    expect(progressSchema.parse(response.body)).toMatchObject({
      workersAlive: 2,
      threadsAlive: 6,
      campaignsRunning: 0,
    });
    const first = workerPageSchema.parse((await api.http.get('/api/v1/workers?limit=2')).body);
    const rest = workerPageSchema.parse(
      (await api.http.get('/api/v1/workers').query({ after: first.next })).body,
    );
    const listed = [...first.items, ...rest.items];
    expect(listed.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(listed.filter(({ alive }) => !alive).map(({ id }) => id)).toEqual([ids[0]]);
  });
});
