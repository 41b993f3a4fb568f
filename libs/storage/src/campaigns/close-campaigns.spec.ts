import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import {
  sampleCampaign,
  sampleProgram,
  sampleResult,
  SAMPLE_SEMANTICS,
} from '../../../../test/support/sample-shards.js';
import { completeShard, type CompletionOutcome } from '../completion/complete-shard.js';
import { Database } from '../database/database.js';
import { claimShard } from '../shards/claim-shard.js';
import { failShard } from '../shards/fail-shard.js';
import { feedShards } from '../shards/feed-shards.js';
import { listParts, type StoredPart } from './campaign-parts.js';
import { findCampaign } from './campaigns.js';
import { cancelCampaign } from './cancel-campaign.js';
import { closeCampaign, listCampaignsToClose } from './close-campaigns.js';

const WORKER = '00000000-0000-4000-8000-00000000000a';

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

/** Stands for the engine's digest: another text for another ledger. */
const digestOf = (parts: readonly StoredPart[]): string =>
  String(parts.reduce((sum, { totals }) => sum + totals.schedules, 0)).padStart(64, '0');

interface Poisoned {
  campaign: number;
  shard: number;
  epoch: number;
}

/** A campaign of one shard, which is quarantined: ready to end incomplete. */
async function quarantined(): Promise<Poisoned> {
  const campaign = await sampleCampaign(db, [await sampleProgram(db)], { schedules: 100 });
  await feedShards(db, 1_000, SAMPLE_SEMANTICS);
  const [row] = await db.query<{ id: number }>(`SELECT id FROM shard WHERE campaign_id = $1`, [
    campaign,
  ]);
  const shard = row?.id ?? 0;
  for (const epoch of [1, 2, 3]) {
    await claimShard(db, {
      shard,
      worker: WORKER,
      leaseMs: 60_000,
      semantics: SAMPLE_SEMANTICS,
      alone: false,
    });
    await failShard(db, WORKER, { shard, epoch }, 'watchdog');
  }
  return { campaign, shard, epoch: 3 };
}

const completeLate = ({ shard, epoch }: Poisoned): Promise<CompletionOutcome> =>
  completeShard(db, { shard, epoch, worker: WORKER, result: sampleResult(0, 100) });

describe('closing a campaign', () => {
  it('stores the digest of what it counted, when a late result comes before', async () => {
    const poisoned = await quarantined();
    expect(await listCampaignsToClose(db)).toContain(poisoned.campaign);
    expect(await completeLate(poisoned)).toBe('counted');
    const closed = await closeCampaign(db, poisoned.campaign, digestOf);
    const parts = await listParts(db, poisoned.campaign);
    expect(closed).toEqual({ state: 'done', ledgerDigest: digestOf(parts) });
    expect(await findCampaign(db, poisoned.campaign)).toMatchObject({
      ...closed,
      shardsDone: 1,
      shardsQuarantined: 0,
      executed: 100,
    });
  });

  it('drops a late result that comes while the digest is made', async () => {
    const poisoned = await quarantined();
    let late: Promise<CompletionOutcome> | undefined;
    const closed = await closeCampaign(db, poisoned.campaign, (parts) => {
      late = completeLate(poisoned);
      return digestOf(parts);
    });
    expect(await late).toBe('dropped');
    const parts = await listParts(db, poisoned.campaign);
    expect(closed).toEqual({ state: 'incomplete', ledgerDigest: digestOf(parts) });
    expect(parts[0]?.totals.schedules).toBe(0);
  });

  it('agrees with the ledger, however late results and closers race', async () => {
    for (let round = 0; round < 10; round += 1) {
      const poisoned = await quarantined();
      const close = (): ReturnType<typeof closeCampaign> =>
        closeCampaign(db, poisoned.campaign, digestOf);
      const [first, outcome, second] = await Promise.all([
        close(),
        completeLate(poisoned),
        close(),
      ]);
      const closed = [first, second].filter((one) => one !== null);
      expect(closed).toHaveLength(1);
      const parts = await listParts(db, poisoned.campaign);
      expect([outcome, closed[0]?.state]).toEqual(
        parts[0]?.totals.schedules === 100 ? ['counted', 'done'] : ['dropped', 'incomplete'],
      );
      expect(closed[0]?.ledgerDigest).toBe(digestOf(parts));
    }
  });

  it('does nothing while seeds are to be carved or shards are open', async () => {
    const campaign = await sampleCampaign(db, [await sampleProgram(db)], { schedules: 100 });
    expect(await closeCampaign(db, campaign, digestOf)).toBeNull();
    await feedShards(db, 1_000, SAMPLE_SEMANTICS);
    expect(await closeCampaign(db, campaign, digestOf)).toBeNull();
    expect(await findCampaign(db, campaign)).toMatchObject({ state: 'running' });
    await cancelCampaign(db, campaign);
    expect(await closeCampaign(db, campaign, digestOf)).toBeNull();
  });
});
