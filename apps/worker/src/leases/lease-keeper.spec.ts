import { claimShard, type ClaimedShard, Database, feedShards } from '@lastref/storage';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import {
  SAMPLE_SEMANTICS,
  sampleCampaign,
  sampleProgram,
} from '../../../../test/support/sample-shards.js';
import { Control } from '../threads/control.js';
import { LeaseKeeper } from './lease-keeper.js';
import { renewingShards } from './renewals.js';

const WORKER = '00000000-0000-4000-8000-00000000000a';
const LONG = 60_000;
const EXPIRED = -1;

let server: TestDatabase;
let db: Database;
let keeper: LeaseKeeper;

beforeAll(async () => {
  server = await createTestDatabase();
  db = await Database.open({ url: server.url });
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

beforeEach(() => {
  keeper = new LeaseKeeper(renewingShards(db, WORKER, LONG), LONG, (error) => {
    throw error;
  });
});

async function claim(shard: number, leaseMs: number): Promise<ClaimedShard> {
  const lease = { worker: WORKER, leaseMs, semantics: SAMPLE_SEMANTICS, alone: false };
  const claimed = await claimShard(db, { shard, ...lease });
  if (claimed === null) throw new Error('somebody else has it');
  return claimed;
}

async function oneShard(): Promise<number> {
  const campaign = await sampleCampaign(db, [await sampleProgram(db)], { schedules: 100 });
  await feedShards(db, 1_000, SAMPLE_SEMANTICS);
  const [row] = await db.query<{ id: number }>(`SELECT id FROM shard WHERE campaign_id = $1`, [
    campaign,
  ]);
  return row?.id ?? 0;
}

function hold(lease: ClaimedShard): Control {
  const control = new Control();
  keeper.hold({ id: lease.shard, epoch: lease.epoch }, control);
  control.advance(1);
  return control;
}

const msLeft = async (shard: number): Promise<number> =>
  (
    await db.query<{ ms: number }>(
      `SELECT (extract(epoch FROM lease_expires_at - now()) * 1000)::int8 AS ms FROM shard WHERE id = $1`,
      [shard],
    )
  )[0]?.ms ?? 0;

describe('a worker that runs one shard twice', () => {
  it('stops the run whose lease it has lost, and keeps the other', async () => {
    const shard = await oneShard();
    const first = hold(await claim(shard, EXPIRED));
    const second = hold(await claim(shard, EXPIRED));
    await keeper.renew();
    expect([first.cancelled, second.cancelled]).toEqual([true, false]);
    expect(await msLeft(shard)).toBeGreaterThan(LONG / 2);
  });

  it('goes on renewing the second lease when the first run ends', async () => {
    const shard = await oneShard();
    const lost = await claim(shard, EXPIRED);
    hold(lost);
    const second = hold(await claim(shard, EXPIRED));
    keeper.drop({ id: lost.shard, epoch: lost.epoch });
    await keeper.renew();
    expect(second.cancelled).toBe(false);
    expect(await msLeft(shard)).toBeGreaterThan(LONG / 2);
  });
});

describe('a lease', () => {
  it('is renewed only while its run makes progress', async () => {
    const shard = await oneShard();
    const control = hold(await claim(shard, EXPIRED));
    await keeper.renew();
    await db.query(`UPDATE shard SET lease_expires_at = now() WHERE id = $1`, [shard]);
    await keeper.renew();
    expect(await msLeft(shard)).toBeLessThanOrEqual(0);
    control.advance(1);
    await keeper.renew();
    expect(await msLeft(shard)).toBeGreaterThan(LONG / 2);
  });
});
