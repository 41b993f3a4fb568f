import { feedShards, stopWorker } from '@lastref/storage';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import {
  sampleCampaign,
  sampleProgram,
  SAMPLE_SEMANTICS,
  sampleWorker,
} from '../../../../test/support/sample-shards.js';
import { FAMILIES } from './families.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(async () => {
  await api.close();
});

async function scrape(): Promise<Map<string, number>> {
  const response = await api.http.get('/api/v1/metrics').expect(200);
  expect(response.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = response.text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line): [string, number] => {
      const place = line.lastIndexOf(' ');
      return [line.slice(0, place), Number(line.slice(place + 1))];
    }),
  );
}

describe('metrics', () => {
  it('say what is counted in the database, each with a help text', async () => {
    const campaign = await sampleCampaign(api.database, [await sampleProgram(api.database)]);
    await feedShards(api.database, 3, SAMPLE_SEMANTICS);
    await api.database.query(
      `UPDATE campaign_part SET schedules = 12345, steps = 99999999999999, failing = 7, cut = 3,
                                shards_done = 5, shards_quarantined = 1`,
    );
    const metrics = await scrape();
    expect(Object.fromEntries(metrics)).toMatchObject({
      lastref_schedules_total: 12345,
      lastref_steps_total: 99999999999999,
      lastref_failing_schedules_total: 7,
      lastref_cut_schedules_total: 3,
      lastref_shards_done_total: 5,
      'lastref_campaigns{state="running"}': 1,
      'lastref_shards{state="quarantined"}': 1,
      lastref_workers_alive: 0,
    });
    await sampleWorker(api.database);
    expect((await scrape()).get('lastref_workers_alive')).toBe(1);
    expect((await scrape()).get('lastref_threads_alive')).toBe(1);
    const [worker] = await api.database.query<{ id: string }>('SELECT id FROM worker');
    await stopWorker(api.database, worker?.id ?? '');
    expect((await scrape()).get('lastref_workers_alive')).toBe(0);
    expect(campaign).toBeGreaterThan(0);
    const { text } = await api.http.get('/api/v1/metrics');
    for (const { name } of FAMILIES)
      expect(text).toMatch(new RegExp(`^# HELP ${name} .+\\.$`, 'm'));
    expect(text).toMatch(/^lastref_control_plane_process_cpu_seconds_total /m);
  });

  it('have no more series when strangers ask for more addresses', async () => {
    await api.http.get('/api/v1/campaigns/999');
    await api.http.get('/nowhere/a');
    const before = await scrape();
    for (let i = 2; i < 12; i += 1) {
      await api.http.get(`/api/v1/campaigns/${900 + i}`);
      await api.http.get(`/nowhere/${i}`);
      await sampleProgram(api.database, `scenario-${i}`);
    }
    const after = await scrape();
    expect([...after.keys()].filter((name) => !before.has(name))).toEqual([]);
    const route = 'lastref_http_request_seconds_count{method="GET",route="/api/v1/campaigns/{id}"';
    expect(after.get(`${route},status="4xx"}`)).toBe(11);
  });
});
