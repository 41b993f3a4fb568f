import { MAX_RUNNING_CAMPAIGNS } from '@lastref/contracts';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { sampleBugs } from '../../../../test/support/sample-bugs.js';
import { sampleCampaign, sampleProgram } from '../../../../test/support/sample-shards.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(async () => {
  await api.close();
});

describe('limits and faults', () => {
  it('a fault of the service says nothing but where to look', async () => {
    await sampleBugs(api.database, 'damaged');
    await api.database.query(`UPDATE reproduction SET certificate = '{damaged'`);
    const response = await api.http.get('/api/v1/reproductions');
    expect([response.status, response.body]).toMatchObject([500, { slug: 'internal' }]);
    expect(JSON.stringify(response.body)).not.toMatch(/damaged|JSON|\.ts/);
  });

  it('so many campaigns run at a time, but a repeated request is still answered', async () => {
    const program = await sampleProgram(api.database);
    const send = (key: string): ReturnType<typeof api.http.post> =>
      api.http
        .post('/api/v1/campaigns')
        .set('idempotency-key', key)
        .send({ programs: [program], schedules: 1_000_000 });
    await send('first').expect(201);
    for (let running = 1; running < MAX_RUNNING_CAMPAIGNS; running += 1) {
      await sampleCampaign(api.database, [program], { schedules: 1_000_000, shardSize: 1_000_000 });
    }
    const refused = await send('another');
    expect([refused.status, refused.body]).toMatchObject([429, { slug: 'too-many' }]);
    await send('first').expect(200);
  });
});
