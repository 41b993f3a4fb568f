import type { ShardJob } from '@lastref/contracts';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import {
  SAMPLE_SEMANTICS,
  sampleCampaign,
  sampleProgram,
  sampleResult,
} from '../../../../test/support/sample-shards.js';
import { findCampaign } from '../campaigns/campaigns.js';
import { listCampaignsToClose } from '../campaigns/close-campaigns.js';
import { listMissingRanges } from '../campaigns/missing-ranges.js';
import { completeShard } from '../completion/complete-shard.js';
import { Database } from '../database/database.js';
import { LOST_BEFORE_ALONE, LOST_LEASES, LOST_MESSAGE } from '../limits.js';
import { announceShards } from './announce-shards.js';
import { claimShard, type ClaimedShard } from './claim-shard.js';
import { feedShards } from './feed-shards.js';
import { sweepLeases } from './sweep-leases.js';

const WORKER = '00000000-0000-4000-8000-00000000000a';
const EXPIRED = -1;

let server: TestDatabase;
let db: Database;

beforeEach(async () => {
  server = await createTestDatabase();
  db = await Database.open({ url: server.url });
});

afterEach(async () => {
  await db.close();
  await server.drop();
});

/** Of one shard. */
const freshCampaign = async (): Promise<number> =>
  sampleCampaign(db, [await sampleProgram(db)], { schedules: 100 });

async function announced(): Promise<ShardJob> {
  await feedShards(db, 8, SAMPLE_SEMANTICS);
  const [job] = await announceShards(db, 8, SAMPLE_SEMANTICS);
  if (job === undefined) throw new Error('nothing was announced');
  return job;
}

/** Takes a lease that is lost at once: its worker dies. */
const claim = (shard: number, alone: boolean): Promise<ClaimedShard | null> =>
  claimShard(db, { shard, worker: WORKER, leaseMs: EXPIRED, semantics: SAMPLE_SEMANTICS, alone });

describe('lost leases', () => {
  it('runs a shard alone once five leases of it were lost, and quarantines it after three more', async () => {
    const campaign = await freshCampaign();
    const seen: [boolean, string | undefined][] = [];
    for (let lost = 1; lost <= LOST_LEASES; lost += 1) {
      const job = await announced();
      // Who would not run it alone does not get it.
      if (job.alone) expect(await claim(job.shard, false)).toBeNull();
      expect(await claim(job.shard, job.alone)).not.toBeNull();
      const [swept] = await sweepLeases(db);
      seen.push([job.alone, swept?.state]);
    }
    expect(seen).toEqual([
      ...Array.from({ length: LOST_BEFORE_ALONE }, () => [false, 'pending']),
      [true, 'pending'],
      [true, 'pending'],
      [true, 'quarantined'],
    ]);
    const [range] = await listMissingRanges(db, campaign, 10);
    expect(range?.messages).toEqual(Array.from({ length: LOST_LEASES }, () => LOST_MESSAGE));
    expect(await findCampaign(db, campaign)).toMatchObject({ shardsQuarantined: 1 });
    expect(await listCampaignsToClose(db)).toEqual([campaign]);
  });

  it('counts leases that were taken over, and leaves the last of them to the sweep', async () => {
    await freshCampaign();
    const { shard } = await announced();
    for (let taken = 0; taken < LOST_BEFORE_ALONE; taken += 1) {
      expect(await claim(shard, false)).not.toBeNull();
    }
    expect(await claim(shard, false)).toBeNull();
    for (let taken = LOST_BEFORE_ALONE; taken < LOST_LEASES; taken += 1) {
      expect(await claim(shard, true)).not.toBeNull();
    }
    expect(await claim(shard, true)).toBeNull();
    expect(await sweepLeases(db)).toEqual([{ id: shard, state: 'quarantined' }]);
  });

  it('takes a late result of a shard that lost its leases out of quarantine', async () => {
    const campaign = await freshCampaign();
    const { shard } = await announced();
    for (let lost = 1; lost <= LOST_LEASES; lost += 1) {
      await claim(shard, true);
      await sweepLeases(db);
    }
    expect(await findCampaign(db, campaign)).toMatchObject({ shardsQuarantined: 1 });
    const late = { shard, epoch: 1, worker: WORKER, result: sampleResult(0, 100) };
    expect(await completeShard(db, late)).toBe('counted');
    expect(await findCampaign(db, campaign)).toMatchObject({ shardsDone: 1, shardsQuarantined: 0 });
  });
});
