import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { runToTheEnd } from '../../../../test/support/sample-bugs.js';
import {
  sampleCampaign,
  sampleProgram,
  sampleResult,
  SAMPLE_SEMANTICS,
} from '../../../../test/support/sample-shards.js';
import { listParts } from '../campaigns/campaign-parts.js';
import { findCampaign } from '../campaigns/campaigns.js';
import { cancelCampaign } from '../campaigns/cancel-campaign.js';
import { closeCampaign, listCampaignsToClose } from '../campaigns/close-campaigns.js';
import { retryCampaign } from '../campaigns/retry-campaign.js';
import { completeShard } from '../completion/complete-shard.js';
import { Database } from '../database/database.js';
import { claimShard } from '../shards/claim-shard.js';
import { failShard } from '../shards/fail-shard.js';
import { feedShards } from '../shards/feed-shards.js';
import { closeIncident } from './close-incident.js';
import { findIncident, listIncidents } from './list-incidents.js';
import { openIncident } from './open-incident.js';

const WORKER = '00000000-0000-4000-8000-00000000000a';
const LEDGER = 'e'.repeat(64);

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

const statesOf = async (campaign: number): Promise<string[]> =>
  (
    await db.query<{ state: string }>(
      `SELECT DISTINCT state::text FROM shard WHERE campaign_id = $1 ORDER BY state`,
      [campaign],
    )
  ).map(({ state }) => state);

async function started(): Promise<number> {
  const campaign = await sampleCampaign(db, [await sampleProgram(db)]);
  await feedShards(db, 1_000, SAMPLE_SEMANTICS);
  return campaign;
}

/** One shard counted, and a second, other result of it. */
async function disputed(campaign: number): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    `SELECT min(id) AS id FROM shard WHERE campaign_id = $1`,
    [campaign],
  );
  const shard = row?.id ?? 0;
  await db.query(
    `UPDATE shard SET state = 'pending', owner = NULL, lease_expires_at = NULL WHERE id = $1 AND state <> 'done'`,
    [shard],
  );
  const completion = { shard, epoch: 1, worker: WORKER };
  await completeShard(db, { ...completion, result: sampleResult(0, 100) });
  expect(await completeShard(db, { ...completion, result: sampleResult(0, 100, 7) })).toBe(
    'incident',
  );
  const [incident] = await listIncidents(db, { limit: 1 }, { campaign });
  return incident?.id ?? 0;
}

describe('an incident', () => {
  it('is opened once per kind and subject, also by two at once', async () => {
    const canary = { kind: 'canary-late', subject: 'the canary of tick 1', detail: 'x' } as const;
    const numbers = await Promise.all([1, 2, 3].map(() => openIncident(db, canary)));
    expect(numbers.filter((id) => id !== null)).toHaveLength(1);
    expect(await openIncident(db, { ...canary, kind: 'canary-surprise' })).not.toBeNull();
  });

  it('is closed once, and its reason kept', async () => {
    const detail = 'it did not end by 06:00';
    const id = await openIncident(db, { kind: 'canary-late', subject: 'tick 2', detail });
    expect(await closeIncident(db, id ?? 0, 'the host was down')).toBe(true);
    expect(await closeIncident(db, id ?? 0, 'another')).toBe(false);
    expect(await findIncident(db, id ?? 0)).toMatchObject({
      state: 'closed',
      closeReason: 'the host was down',
      campaign: null,
      detail,
    });
    const ids = (rows: readonly { id: number }[]): number[] => rows.map((row) => row.id);
    expect(ids(await listIncidents(db, { limit: 50 }, { state: 'closed' }))).toContain(id);
    expect(ids(await listIncidents(db, { limit: 50 }, { state: 'open' }))).not.toContain(id);
  });

  it('of two results stops its campaign: nothing is claimed, fed or counted any more', async () => {
    const campaign = await started();
    await disputed(campaign);
    expect(await findCampaign(db, campaign)).toMatchObject({
      state: 'incomplete',
      ledgerDigest: null,
      executed: 100,
    });
    expect(await statesOf(campaign)).toEqual(['cancelled', 'done']);
    expect(await listCampaignsToClose(db)).not.toContain(campaign);
  });

  it('of a canary stops no campaign', async () => {
    const campaign = await started();
    await openIncident(db, { kind: 'canary-surprise', subject: 'tick 3', detail: '', campaign });
    expect(await findCampaign(db, campaign)).toMatchObject({ state: 'running', reason: null });
  });

  it('makes a campaign incomplete that is done, and keeps its ledger to be looked at', async () => {
    const campaign = await started();
    await runToTheEnd(db, campaign);
    await closeCampaign(db, campaign, () => LEDGER);
    await disputed(campaign);
    expect(await findCampaign(db, campaign)).toMatchObject({
      state: 'incomplete',
      ledgerDigest: LEDGER,
      executed: 1_000,
    });
  });
});

describe('retrying a campaign', () => {
  it('waits for its incident to be closed, then runs on to the ledger of the whole', async () => {
    const campaign = await started();
    const incident = await disputed(campaign);
    expect(await retryCampaign(db, campaign)).toEqual({ kind: 'incident-open', incident });
    await closeIncident(db, incident, 'a broken machine; taken out');
    expect(await retryCampaign(db, campaign)).toMatchObject({ kind: 'retried', shards: 9 });
    expect(await findCampaign(db, campaign)).toMatchObject({ state: 'running', reason: null });
    await runToTheEnd(db, campaign);
    expect((await listParts(db, campaign))[0]?.totals.schedules).toBe(1_000);
    expect(await closeCampaign(db, campaign, () => LEDGER)).toMatchObject({ state: 'done' });
  });

  it('tries quarantined shards afresh', async () => {
    const campaign = await sampleCampaign(db, [await sampleProgram(db)], { schedules: 100 });
    await feedShards(db, 1_000, SAMPLE_SEMANTICS);
    const [row] = await db.query<{ id: number }>(`SELECT id FROM shard WHERE campaign_id = $1`, [
      campaign,
    ]);
    const shard = row?.id ?? 0;
    const claim = { shard, worker: WORKER, leaseMs: 60_000, semantics: SAMPLE_SEMANTICS };
    for (const epoch of [1, 2, 3]) {
      await claimShard(db, { ...claim, alone: false });
      await failShard(db, WORKER, { shard, epoch }, 'watchdog');
    }
    await closeCampaign(db, campaign, () => LEDGER);
    const results = await Promise.all([retryCampaign(db, campaign), retryCampaign(db, campaign)]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(['not-incomplete', 'retried']);
    expect(await findCampaign(db, campaign)).toMatchObject({
      state: 'running',
      shardsQuarantined: 0,
      ledgerDigest: null,
    });
    await claimShard(db, { ...claim, alone: false });
    expect(await failShard(db, WORKER, { shard, epoch: 4 }, 'watchdog')).toBe('pending');
    await runToTheEnd(db, campaign);
    expect(await closeCampaign(db, campaign, () => LEDGER)).toMatchObject({ state: 'done' });
  });

  it('is refused where the campaign runs or was cancelled, is unknown, or too many run', async () => {
    const campaign = await started();
    expect(await retryCampaign(db, campaign)).toEqual({ kind: 'not-incomplete', state: 'running' });
    const incident = await disputed(campaign);
    await closeIncident(db, incident, 'known');
    expect(await retryCampaign(db, campaign, 0)).toEqual({ kind: 'too-many' });
    const other = await started();
    await cancelCampaign(db, other);
    expect(await retryCampaign(db, other)).toEqual({ kind: 'not-incomplete', state: 'cancelled' });
    expect(await retryCampaign(db, 999_999)).toEqual({ kind: 'not-found' });
  });
});
