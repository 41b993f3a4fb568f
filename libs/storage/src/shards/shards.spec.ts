import { Database } from '../database/database.js';
import { cancelCampaign } from '../campaigns/cancel-campaign.js';
import { closeCampaign, listCampaignsToClose } from '../campaigns/close-campaigns.js';
import { findCampaign } from '../campaigns/campaigns.js';
import { listMissingRanges } from '../campaigns/missing-ranges.js';
import { completeShard } from '../completion/complete-shard.js';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import {
  sampleCampaign,
  sampleProgram,
  sampleResult,
  SAMPLE_SEMANTICS,
} from '../../../../test/support/sample-shards.js';
import { announceShards } from './announce-shards.js';
import { claimShard, type ClaimedShard } from './claim-shard.js';
import { failShard } from './fail-shard.js';
import { feedShards } from './feed-shards.js';
import { releaseShard } from './release-shard.js';
import { renewLeases } from './renew-leases.js';
import { listStaleDeliveries, requeueShards } from './stale-deliveries.js';
import { sweepLeases } from './sweep-leases.js';

const ALICE = '00000000-0000-4000-8000-00000000000a';
const BOB = '00000000-0000-4000-8000-00000000000b';
const LONG = 60_000;
const EXPIRED = -1;
const FOREIGN = [98, 99];

let server: TestDatabase;
let db: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  db = await Database.open({ url: server.url });
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

/** Ends whatever earlier tests left running, so that carving and announcing see this test's campaign only. */
beforeEach(async () => {
  const running = await db.query<{ id: number }>(`SELECT id FROM campaign WHERE state = 'running'`);
  for (const { id } of running) await cancelCampaign(db, id);
});

const campaignOf = async (options = {}): Promise<number> =>
  sampleCampaign(db, [await sampleProgram(db)], options);

const claim = (
  shard: number,
  worker = ALICE,
  leaseMs = LONG,
  semantics = SAMPLE_SEMANTICS,
  alone = false,
): Promise<ClaimedShard | null> => claimShard(db, { shard, worker, leaseMs, semantics, alone });

async function announced(target = 100): Promise<number[]> {
  await feedShards(db, target, SAMPLE_SEMANTICS);
  return (await announceShards(db, target, SAMPLE_SEMANTICS)).map((job) => job.shard);
}

async function oneShard(): Promise<number> {
  await campaignOf({ schedules: 100 });
  const [shard] = await announced();
  if (shard === undefined) throw new Error('nothing was announced');
  return shard;
}

const stateOf = async (shard: number): Promise<string | undefined> =>
  (await db.query<{ state: string }>(`SELECT state::text FROM shard WHERE id = $1`, [shard]))[0]
    ?.state;

describe('carving', () => {
  it.each([1, 7, 99, 100, 1_000])('covers the seeds without gap in shards of %d', async (size) => {
    const campaign = await campaignOf({ schedules: 99, seedFrom: 5, shardSize: size });
    await feedShards(db, 1_000, SAMPLE_SEMANTICS);
    const rows = await db.query<{ seed_from: number; count: number }>(
      `SELECT seed_from, count FROM shard WHERE campaign_id = $1 ORDER BY seed_from`,
      [campaign],
    );
    let next = 5;
    for (const row of rows) {
      expect(row.seed_from).toBe(next);
      next += row.count;
    }
    expect(next).toBe(104);
  });

  it('has at most two unfinished shards of a part whose rate is unknown', async () => {
    await campaignOf({ schedules: 2 ** 30, shardSize: undefined });
    expect(await feedShards(db, 100, SAMPLE_SEMANTICS)).toEqual({ ready: 0, carved: 2 });
    expect(await feedShards(db, 100, SAMPLE_SEMANTICS)).toEqual({ ready: 2, carved: 0 });
  });

  it('takes the power of two nearest one second once the rate is known', async () => {
    const campaign = await campaignOf({ schedules: 2 ** 30, shardSize: undefined });
    await db.query(`UPDATE campaign_part SET rate = 150000 WHERE campaign_id = $1`, [campaign]);
    await feedShards(db, 3, SAMPLE_SEMANTICS);
    const rows = await db.query<{ count: number }>(
      `SELECT count FROM shard WHERE campaign_id = $1`,
      [campaign],
    );
    expect(rows.map((row) => row.count)).toEqual([2 ** 17, 2 ** 17, 2 ** 17]);
  });

  it('deals between campaigns by least virtual time, in runs of one program', async () => {
    const first = await campaignOf({ schedules: 100, shardSize: 1 });
    const second = await campaignOf({ schedules: 100, shardSize: 1 });
    await feedShards(db, 64, SAMPLE_SEMANTICS);
    const rows = await db.query<{ campaign: number }>(
      `SELECT campaign_id AS campaign FROM shard WHERE campaign_id IN ($1, $2) ORDER BY id`,
      [first, second],
    );
    const run = (campaign: number): number[] => Array.from({ length: 16 }, () => campaign);
    expect(rows.map((row) => row.campaign)).toEqual([first, second, first, second].flatMap(run));
  });

  it('is refused by the database where ranges of one part overlap', async () => {
    const shard = await oneShard();
    const overlap = db.query(
      `INSERT INTO shard (part_id, campaign_id, program_id, strategy, seed_from, count)
       SELECT part_id, campaign_id, program_id, strategy, seed_from + count - 1, 5
         FROM shard WHERE id = $1`,
      [shard],
    );
    await expect(overlap).rejects.toThrow('shard_ranges_disjoint');
  });
});

describe('announcing', () => {
  it('gives every delivery its own number and never more than the target', async () => {
    await campaignOf();
    expect(await announced(4)).toHaveLength(4);
    expect(await announced(4)).toHaveLength(0);
    const stale = await listStaleDeliveries(db, EXPIRED);
    expect(stale.map((delivery) => delivery.delivery)).toEqual([1, 1, 1, 1]);
    expect(await requeueShards(db, stale)).toHaveLength(4);
    expect(await requeueShards(db, stale)).toHaveLength(0);
    const again = await announceShards(db, 4, SAMPLE_SEMANTICS);
    expect(again.map((job) => job.delivery)).toEqual([2, 2, 2, 2]);
    // What was found lost of the first delivery says nothing of the second, which is under way.
    expect(await requeueShards(db, stale)).toEqual([]);
    expect(new Set(await Promise.all(again.map((job) => stateOf(job.shard))))).toEqual(
      new Set(['queued']),
    );
  });

  it('leaves the places to shards that somebody can run', async () => {
    const old = await sampleCampaign(db, [await sampleProgram(db, 'sample', FOREIGN[0])]);
    expect(await feedShards(db, 8, FOREIGN)).toMatchObject({ carved: 8 });
    expect(await announceShards(db, 8, FOREIGN)).toHaveLength(8);
    // Their workers are gone; half of them has been given back since.
    const stale = await listStaleDeliveries(db, EXPIRED);
    await requeueShards(db, stale.slice(0, 4));
    const fresh = await campaignOf();
    expect(await announced(8)).toHaveLength(8);
    expect(await announced(8)).toHaveLength(0);
    const carved = await db.query(
      `SELECT campaign_id AS campaign, count(*)::int4 AS shards FROM shard
        WHERE campaign_id IN ($1, $2) GROUP BY campaign_id ORDER BY campaign_id`,
      [old, fresh],
    );
    expect(carved).toEqual([
      { campaign: old, shards: 8 },
      { campaign: fresh, shards: 8 },
    ]);
  });
});

describe('claiming', () => {
  it('leases a shard to one worker only', async () => {
    const shard = await oneShard();
    const claims = await Promise.all([
      claim(shard),
      claim(shard, BOB),
      claim(shard),
      claim(shard, BOB),
    ]);
    expect(claims.filter((claimed) => claimed !== null)).toHaveLength(1);
  });

  it('takes over an expired lease under a new epoch', async () => {
    const shard = await oneShard();
    expect((await claim(shard, ALICE, EXPIRED))?.epoch).toBe(1);
    expect((await claim(shard, BOB))?.epoch).toBe(2);
    expect(await claim(shard)).toBeNull();
  });

  it('does nothing for a cancelled campaign or foreign semantics', async () => {
    const shard = await oneShard();
    expect(await claim(shard, ALICE, LONG, FOREIGN)).toBeNull();
    const [row] = await db.query<{ id: number }>(
      `SELECT campaign_id AS id FROM shard WHERE id = $1`,
      [shard],
    );
    expect(await cancelCampaign(db, row?.id ?? 0)).toBe(true);
    expect(await claim(shard)).toBeNull();
  });
});

describe('leases', () => {
  it('are renewed for the holder of the epoch only', async () => {
    const shard = await oneShard();
    await claim(shard, ALICE, EXPIRED);
    await claim(shard, BOB);
    const [lost, held] = [1, 2].map((epoch) => ({ shard, epoch }));
    if (lost === undefined || held === undefined) throw new Error('two leases');
    expect(await renewLeases(db, ALICE, [lost], LONG)).toEqual([]);
    expect(await renewLeases(db, BOB, [lost, held], LONG)).toEqual([held]);
  });

  it('that expired go back to pending and are counted as lost', async () => {
    const shard = await oneShard();
    await claim(shard, ALICE, EXPIRED);
    expect(await sweepLeases(db)).toEqual([{ id: shard, state: 'pending' }]);
    expect(await stateOf(shard)).toBe('pending');
    const attempts = await db.query(
      `SELECT outcome::text, lost_leases FROM shard_attempt JOIN shard ON id = shard_id WHERE id = $1`,
      [shard],
    );
    expect(attempts).toEqual([{ outcome: 'lost', lost_leases: 1 }]);
  });

  it('that have not expired are swept by nobody', async () => {
    await campaignOf({ schedules: 200 });
    const [living = 0, dead = 0] = await announced();
    await claim(living);
    await claim(dead, BOB, EXPIRED);
    expect(await sweepLeases(db)).toEqual([{ id: dead, state: 'pending' }]);
    expect([await stateOf(living), await stateOf(dead)]).toEqual(['leased', 'pending']);
  });

  it('given back in order count neither as lost nor as failed', async () => {
    const shard = await oneShard();
    await claim(shard);
    await releaseShard(db, ALICE, { shard, epoch: 1 });
    const rows = await db.query(
      `SELECT state::text, reported_failures, lost_leases FROM shard WHERE id = $1`,
      [shard],
    );
    expect(rows).toEqual([{ state: 'pending', reported_failures: 0, lost_leases: 0 }]);
  });
});

describe('poison', () => {
  it('quarantines a shard at the third reported failure and names the missing range', async () => {
    const campaign = await campaignOf({ schedules: 200 });
    const [poisoned = 0, healthy = 0] = await announced();
    for (const epoch of [1, 2, 3]) {
      await claim(poisoned);
      const state = await failShard(db, ALICE, { shard: poisoned, epoch }, `failure ${epoch}`);
      expect(state).toBe(epoch === 3 ? 'quarantined' : 'pending');
    }
    await claim(healthy);
    const result = sampleResult(100, 100);
    await completeShard(db, { shard: healthy, epoch: 1, worker: ALICE, result });
    expect(await listCampaignsToClose(db)).toEqual([campaign]);
    const digestOf = (): string => '0'.repeat(64);
    expect(await closeCampaign(db, campaign, digestOf)).toMatchObject({ state: 'incomplete' });
    expect(await closeCampaign(db, campaign, digestOf)).toBeNull();
    expect((await findCampaign(db, campaign))?.state).toBe('incomplete');
    const [missing] = await listMissingRanges(db, campaign, 10);
    expect(missing).toMatchObject({ seedFrom: 0, count: 100 });
    expect(missing?.messages).toEqual(['failure 1', 'failure 2', 'failure 3']);
  });

  it('does not listen to a failure of an older epoch', async () => {
    const shard = await oneShard();
    await claim(shard, ALICE, EXPIRED);
    await claim(shard, BOB);
    expect(await failShard(db, ALICE, { shard, epoch: 1 }, 'late')).toBeNull();
    expect(await stateOf(shard)).toBe('leased');
  });
});
