import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import {
  sampleCampaign,
  sampleProgram,
  sampleResult,
  SAMPLE_SEMANTICS,
} from '../../../../test/support/sample-shards.js';
import { listParts } from '../campaigns/campaign-parts.js';
import { findCampaign } from '../campaigns/campaigns.js';
import { cancelCampaign } from '../campaigns/cancel-campaign.js';
import { completeShard } from '../completion/complete-shard.js';
import { resultDigest } from '../completion/result-digest.js';
import { Database } from '../database/database.js';
import { listIncidents } from '../incidents/list-incidents.js';
import { FAILING_AUDITS, LOST_LEASES, REPORTED_FAILURES } from '../limits.js';
import { claimShard } from '../shards/claim-shard.js';
import { feedShards } from '../shards/feed-shards.js';
import { registerWorker, stopWorker } from '../workers/workers.js';
import { announceAudits } from './announce-audits.js';
import { claimAudit, type ClaimedAudit } from './claim-audit.js';
import { lot } from './choose-audit.js';
import { completeAudit, failAudit, releaseAudit } from './complete-audit.js';
import { listStaleAudits, renewAudits, requeueAudits, sweepAudits } from './keep-audits.js';

const LONG = 60_000;
/** Of a clean program: reports, and no failure but of seed 0. */
const NEVER = 10 ** 9;

let server: TestDatabase;
let db: Database;
let first: string;
let other: string;

beforeEach(async () => {
  server = await createTestDatabase();
  db = await Database.open({ url: server.url });
  first = await workerAlive();
  other = await workerAlive();
});

afterEach(async () => {
  await db.close();
  await server.drop();
});

async function workerAlive(semantics = SAMPLE_SEMANTICS): Promise<string> {
  const id = randomUUID();
  const process = { host: 'sample', pid: 1, threads: 1, version: 'sample' };
  await registerWorker(db, { id, semantics, ...process });
  return id;
}

/** Counted by the first worker, every one of them. */
async function counted(audited: number, every = 10, seedFrom = 0): Promise<number> {
  const campaign = await sampleCampaign(db, [await sampleProgram(db)], { seedFrom });
  await feedShards(db, 1_000, SAMPLE_SEMANTICS);
  const shards = await db.query<{ id: number }>(
    `SELECT id FROM shard WHERE campaign_id = $1 ORDER BY id`,
    [campaign],
  );
  for (const { id } of shards) {
    const lease = { worker: first, leaseMs: LONG, semantics: SAMPLE_SEMANTICS, alone: false };
    const claim = await claimShard(db, { shard: id, ...lease });
    if (claim === null) throw new Error('not claimed');
    const result = sampleResult(claim.seedFrom, claim.count, every);
    const completion = { shard: id, epoch: claim.epoch, worker: first, result };
    await completeShard(db, completion, undefined, audited);
  }
  return campaign;
}

const audits = (campaign: number): Promise<{ id: number; why: string; state: string }[]> =>
  db.query(`SELECT shard_id AS id, why, state FROM shard_audit WHERE campaign_id = $1 ORDER BY 1`, [
    campaign,
  ]);

const claim = (shard: number, worker: string, leaseMs = LONG): Promise<ClaimedAudit | null> =>
  claimAudit(db, { shard, worker, leaseMs, semantics: SAMPLE_SEMANTICS });

/** One announced audit of a campaign whose every shard is audited. */
async function announced(): Promise<{ campaign: number; shard: number }> {
  const campaign = await counted(1, NEVER, 1);
  const [job] = await announceAudits(db, 1, SAMPLE_SEMANTICS);
  return { campaign, shard: job?.shard ?? 0 };
}

const stateOf = async (shard: number): Promise<unknown> =>
  (await db.query(`SELECT state, place, message FROM shard_audit WHERE shard_id = $1`, [shard]))[0];

describe('which shards are run again', () => {
  it('are chosen by shard and digest alone, about as many as asked for', () => {
    const digest = 'd'.repeat(64);
    const lots = Array.from({ length: 20_000 }, (_, shard) => lot(shard, digest));
    const share = lots.filter((one) => one < 0.01).length / lots.length;
    expect(share).toBeGreaterThan(0.007);
    expect(share).toBeLessThan(0.013);
    expect(lot(7, digest)).toBe(lots[7]);
    expect(lot(7, 'e'.repeat(64))).not.toBe(lots[7]);
  });

  it('are none where none is asked for, and all where all are', async () => {
    expect(await audits(await counted(0))).toEqual([]);
    expect(await audits(await counted(1, NEVER, 1))).toHaveLength(10);
  });

  it('are the first few that fail, of each program in a campaign', async () => {
    for (const campaign of [await counted(Number.MIN_VALUE), await counted(Number.MIN_VALUE)]) {
      const chosen = await audits(campaign);
      expect(chosen.map(({ why }) => why)).toEqual(
        Array.from({ length: FAILING_AUDITS }, () => 'failing'),
      );
    }
  });

  it('are those with a bug that the campaign had not met, whenever it comes', async () => {
    const campaign = await counted(Number.MIN_VALUE);
    const before = await audits(campaign);
    await db.query(`DELETE FROM bug_campaign WHERE campaign_id = $1`, [campaign]);
    const [row] = await db.query<{ id: number }>(
      `SELECT max(id) AS id FROM shard WHERE campaign_id = $1`,
      [campaign],
    );
    await db.query(`DELETE FROM shard_result WHERE shard_id = $1`, [row?.id]);
    await db.query(`UPDATE shard SET state = 'pending' WHERE id = $1`, [row?.id]);
    const result = sampleResult(900, 100);
    const completion = { shard: row?.id ?? 0, epoch: 2, worker: first, result };
    await completeShard(db, completion, undefined, Number.MIN_VALUE);
    expect((await audits(campaign)).slice(before.length)).toMatchObject([{ id: row?.id }]);
  });
});

describe('an audit', () => {
  it('is not for the worker that counted, while another one is alive', async () => {
    const { shard } = await announced();
    expect(await claim(shard, first)).toBeNull();
    expect(await stateOf(shard)).toMatchObject({ state: 'pending' });
    expect(await claim(shard, other)).toMatchObject({ place: 'another worker', seedFrom: 1 });
    expect(await claim(shard, other)).toBeNull();
  });

  it('is for another thread of the same worker where no other can run it', async () => {
    const { shard } = await announced();
    await stopWorker(db, other);
    await workerAlive(SAMPLE_SEMANTICS.map((one) => one + 1_000));
    expect(await claim(shard, first)).toMatchObject({ place: 'another thread' });
  });

  it('with the same digest changes nothing but its own row', async () => {
    const { campaign, shard } = await announced();
    const before = [await listParts(db, campaign), await findCampaign(db, campaign)];
    const lease = await claim(shard, other);
    const result = sampleResult(lease?.seedFrom ?? 0, 100, NEVER);
    const completion = { shard, epoch: 1, worker: other, result };
    expect(await completeAudit(db, completion)).toBe('equal');
    expect(await completeAudit(db, completion)).toBe('dropped');
    expect([await listParts(db, campaign), await findCampaign(db, campaign)]).toEqual(before);
    expect(await stateOf(shard)).toMatchObject({ state: 'equal', place: 'another worker' });
  });

  it('with another digest opens an incident that stops the campaign', async () => {
    const { campaign, shard } = await announced();
    const lease = await claim(shard, other);
    const result = sampleResult(lease?.seedFrom ?? 0, 100, 9);
    const completion = { shard, epoch: 1, worker: other, result };
    expect(await completeAudit(db, completion)).toBe('differs');
    const [incident] = await listIncidents(db, { limit: 10 });
    expect(incident).toMatchObject({
      kind: 'audit',
      campaign,
      shard,
      worker: other,
      differing: resultDigest(result.totals),
    });
    expect(JSON.parse(incident?.detail ?? '{}')).toMatchObject({ countedBy: first });
    expect(await findCampaign(db, campaign)).toMatchObject({ state: 'incomplete' });
  });

  it('comes again when its lease ends, until it has lost too many', async () => {
    const { shard } = await announced();
    const lease = await claim(shard, other);
    await renewAudits(db, other, [{ shard, epoch: lease?.epoch ?? 0 }], 0);
    for (let lost = 1; lost < LOST_LEASES; lost += 1) {
      expect(await sweepAudits(db)).toEqual([shard]);
      expect(await claim(shard, other, 0)).not.toBeNull();
    }
    expect(await sweepAudits(db)).toEqual([shard]);
    expect(await stateOf(shard)).toMatchObject({ state: 'failed' });
  });

  it('is given back in order, and ends without an answer after three reported failures', async () => {
    const { shard } = await announced();
    const lease = async (): Promise<{ shard: number; epoch: number }> => {
      const claimed = await claim(shard, other);
      return { shard, epoch: claimed?.epoch ?? 0 };
    };
    await releaseAudit(db, other, await lease());
    for (let time = 0; time < REPORTED_FAILURES; time += 1) {
      expect(await stateOf(shard)).toMatchObject({ state: 'pending' });
      await failAudit(db, other, await lease(), 'out of memory');
    }
    expect(await stateOf(shard)).toMatchObject({ state: 'failed', message: 'out of memory' });
  });

  it('without a job is announced again, unless it has moved', async () => {
    const { shard } = await announced();
    const stale = await listStaleAudits(db, -1);
    expect(stale).toEqual([{ id: shard, delivery: 1 }]);
    expect(await requeueAudits(db, [{ id: shard, delivery: 2 }])).toEqual([]);
    expect(await requeueAudits(db, stale)).toEqual([shard]);
    const jobs = await announceAudits(db, 3, SAMPLE_SEMANTICS);
    expect(jobs.map((job) => [job.audit, job.delivery])).toEqual([
      [true, 2],
      [true, 1],
      [true, 1],
    ]);
    expect(await announceAudits(db, 3, SAMPLE_SEMANTICS)).toEqual([]);
  });

  it('of a cancelled campaign is neither announced nor claimed', async () => {
    const { campaign, shard } = await announced();
    await db.query(`UPDATE campaign SET state = 'running' WHERE id = $1`, [campaign]);
    await cancelCampaign(db, campaign);
    expect(await claim(shard, other)).toBeNull();
    expect(await announceAudits(db, 100, SAMPLE_SEMANTICS)).toEqual([]);
  });
});
