import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { sampleProgram } from '../../../../test/support/sample-shards.js';
import { Database } from '../database/database.js';
import { countRunningCampaigns, listCampaigns } from './campaigns.js';
import { createCampaign, type CreateCampaignResult } from './create-campaign.js';
import type { RequestKey } from './idempotency-keys.js';

let server: TestDatabase;
let db: Database;
let program: string;

beforeAll(async () => {
  server = await createTestDatabase();
  db = await Database.open({ url: server.url });
  program = await sampleProgram(db);
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

function create(
  key?: RequestKey,
  programs = [program],
  mostRunning?: number,
): Promise<CreateCampaignResult> {
  const plan = { strategy: 'rw/1', seedFrom: 0, schedules: 10 };
  return createCampaign(db, { title: 'keyed', programs, ...plan }, { key, mostRunning });
}

const key = (name: string, request = 'a'): RequestKey => ({
  scope: 'campaigns',
  key: name,
  requestDigest: request.repeat(64),
});

describe('creating a campaign', () => {
  it('happens once per idempotency key, also when requests race', async () => {
    const results = await Promise.all([1, 2, 3, 4].map(() => create(key('race'))));
    expect(results.map((result) => result.kind).sort()).toEqual([
      'created',
      'repeated',
      'repeated',
      'repeated',
    ]);
    expect(new Set(results.map((result) => 'id' in result && result.id)).size).toBe(1);
    expect(await listCampaigns(db, { limit: 10 })).toHaveLength(1);
  });

  it('refuses a key that was used for another request', async () => {
    await create(key('other'));
    expect(await create(key('other', 'b'))).toEqual({ kind: 'key-conflict' });
  });

  it('makes no more campaigns than may run, also when requests race', async () => {
    const room = 3;
    const most = (await countRunningCampaigns(db)) + room;
    const keys = Array.from({ length: 8 }, (_, place) => key(`crowd ${place}`));
    const results = await Promise.all(keys.map((one) => create(one, [program], most)));
    expect(results.filter((result) => result.kind === 'created')).toHaveLength(room);
    expect(results.filter((result) => result.kind === 'too-many')).toHaveLength(5);
    expect(await countRunningCampaigns(db)).toBe(most);
    const again = await Promise.all(keys.map((one) => create(one, [program], most)));
    expect(again.filter((result) => result.kind === 'repeated')).toHaveLength(room);
  });

  it('names a program that is not stored, and makes nothing', async () => {
    const digest = 'f'.repeat(64);
    const before = await listCampaigns(db, { limit: 100 });
    expect(await create(key('unknown'), [program, digest])).toEqual({
      kind: 'unknown-program',
      digest,
    });
    expect(await listCampaigns(db, { limit: 100 })).toEqual(before);
  });
});
