import { checksSchema, type Check, type Progress } from '@lastref/contracts';
import type { Depth, RedisFacts } from '@lastref/queue';
import type { DatabaseFacts } from '@lastref/storage';
import { startTestApi, type TestApi } from '../../../../test/support/api.js';
import { sampleCampaign, sampleProgram } from '../../../../test/support/sample-shards.js';
import { judgeDatabase } from './judge-database.js';
import { judgeRedis } from './judge-redis.js';
import { judgeWork } from './judge-work.js';

const NOW = 1_800_000_000_000;

const database: DatabaseFacts = {
  version: '18.4',
  now: new Date(NOW),
  readOnly: false,
  zone: 'UTC',
  bytes: 1024 ** 3,
  connections: 20,
  mostConnections: 300,
  migrations: ['1_first', '2_second'],
  unfinishedMigrations: 0,
  waitingSemantics: [],
  workerVersions: ['0.1.0'],
  openIncidents: 0,
  quarantinedShards: 0,
  failedShrinks: 0,
};
const redis: RedisFacts = {
  version: '7.0.15',
  evictionPolicy: 'noeviction',
  appendOnly: true,
  lastWriteOk: true,
  usedBytes: 10 * 1024 ** 2,
  mostBytes: 0,
};
const progress: Progress = {
  workersAlive: 1,
  threadsAlive: 2,
  campaignsRunning: 1,
  shards: { pending: 1, queued: 8, leased: 2, done: 100, quarantined: 0 },
  oldestQueuedMs: 900,
  movement: 'moving',
};
const depth: Depth = { paused: false, waiting: 8, active: 2, delayed: 0 };

/** What is not well, by name and state. */
const complaints = (checks: readonly Check[]): string[] =>
  checks.filter(({ state }) => state !== 'ok').map(({ name, state }) => `${state} ${name}`);

const all = (): Check[] => [
  ...judgeDatabase(database, NOW, ['1_first', '2_second']),
  ...judgeRedis(redis),
  ...judgeWork(database, progress, depth),
];

describe('a check', () => {
  it('finds nothing where all is well, and gives no advice', () => {
    expect(complaints(all())).toEqual([]);
    expect(all().every(({ advice }) => advice === undefined)).toBe(true);
  });

  it.each<[string, Partial<DatabaseFacts>]>([
    ['fault database', { readOnly: true }],
    ['fault schema', { unfinishedMigrations: 1 }],
    ['fault schema', { migrations: ['1_first'] }],
    ['warning schema', { migrations: ['1_first', '2_second', '3_third'] }],
    ['fault clock', { zone: 'America/New_York' }],
    ['warning clock', { now: new Date(NOW - 5_000) }],
    ['warning connections', { connections: 280 }],
  ])('of the database names: %s (%j)', (name, change) => {
    const found = judgeDatabase({ ...database, ...change }, NOW, ['1_first', '2_second']);
    expect(complaints(found)).toEqual([name]);
    expect(found.find(({ state }) => state !== 'ok')?.advice).toMatch(/\.$/);
  });

  it.each<[string, Partial<RedisFacts>]>([
    ['fault redis', { version: '6.0.16' }],
    ['fault redis eviction', { evictionPolicy: 'allkeys-lru' }],
    ['fault redis persistence', { lastWriteOk: false }],
    ['warning redis persistence', { appendOnly: false }],
    ['fault redis memory', { mostBytes: 11 * 1024 ** 2 }],
  ])('of Redis names: %s (%j)', (name, change) => {
    const found = judgeRedis({ ...redis, ...change });
    expect(complaints(found)).toEqual([name]);
    expect(found.find(({ state }) => state !== 'ok')?.advice).toMatch(/\.$/);
  });

  it.each<[string, Partial<DatabaseFacts>, Partial<Progress>, Partial<Depth>]>([
    ['fault workers', {}, { workersAlive: 0 }, {}],
    ['warning workers', {}, { workersAlive: 0, campaignsRunning: 0 }, {}],
    ['fault semantics', { waitingSemantics: [1] }, {}, {}],
    ['warning worker versions', { workerVersions: ['0.1.0', '0.2.0'] }, {}, {}],
    ['fault progress', {}, { movement: 'no-workers' }, {}],
    ['fault progress', {}, { movement: 'stuck', oldestQueuedMs: 45_000 }, {}],
    ['fault queue', {}, {}, { paused: true }],
    ['fault incidents', { openIncidents: 2 }, {}, {}],
    ['warning quarantine', { quarantinedShards: 1 }, {}, {}],
    ['warning shrinks', { failedShrinks: 1 }, {}, {}],
  ])('of the work names: %s (%j %j %j)', (name, facts, moved, queued) => {
    const found = judgeWork(
      { ...database, ...facts },
      { ...progress, ...moved },
      { ...depth, ...queued },
    );
    expect(complaints(found)).toEqual([name]);
    expect(found.find(({ state }) => state !== 'ok')?.advice).toMatch(/\.$/);
  });
});

describe('the checks of a service', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi();
  });

  afterAll(async () => {
    await api.close();
  });

  const run = async (): Promise<Check[]> =>
    checksSchema.parse((await api.http.get('/api/v1/health/checks').expect(200)).body).checks;

  it('look at the real servers, and find what is done to them', async () => {
    const before = await run();
    const names = [...all().map(({ name }) => name)].sort();
    expect(before.map(({ name }) => name).sort()).toEqual(names);
    expect(complaints(before)).toEqual(['warning redis persistence', 'warning workers']);
    await sampleCampaign(api.database, [await sampleProgram(api.database)]);
    await api.database.query(
      `DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_trace_parent'`,
    );
    expect(complaints(await run())).toEqual([
      'fault schema',
      'warning redis persistence',
      'fault workers',
      'fault semantics',
      'fault progress',
    ]);
  });
});
