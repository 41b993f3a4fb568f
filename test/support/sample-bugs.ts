/**
 * A campaign that has been run to its end without an engine, by the results of sample-shards.ts: a
 * deadlock with a hundred kept seeds and a reproduction, and a report.
 */
import {
  claimShard,
  completeShard,
  type Database,
  feedShards,
  findCampaign,
  storeReproduction,
} from '@lastref/storage';
import {
  DEADLOCK,
  sampleCampaign,
  sampleProgram,
  sampleResult,
  SAMPLE_SEMANTICS,
} from './sample-shards.js';

const WORKER = '00000000-0000-4000-8000-00000000000b';
const TARGET = 1_000;

const OPEN = `SELECT id FROM shard WHERE campaign_id = $1 AND state IN ('pending', 'queued')`;

const SHRINK = `
  SELECT o.id AS outbox
    FROM outbox o
    JOIN program p ON p.id = o.program_id
    JOIN bug b ON b.id = o.bug_id
    JOIN signature s ON s.id = b.signature_id
   WHERE p.digest = $1 AND s.text = $2`;

export interface SampleBugs {
  readonly program: string;
  readonly campaign: number;
}

/** On a program that no engine can run, unless one that is stored is given with a schedule of it. */
export async function sampleBugs(
  db: Database,
  scenario = 'sample',
  real?: { program: string; schedule: string },
): Promise<SampleBugs> {
  const program = real?.program ?? (await sampleProgram(db, scenario));
  const campaign = await sampleCampaign(db, [program]);
  await runToTheEnd(db, campaign);
  // Not by takeShrinks: the relay of a running application may have taken them before.
  const [shrink] = await db.query<{ outbox: number }>(SHRINK, [program, DEADLOCK]);
  if (shrink === undefined) throw new Error('completing the shards asked for no shrink');
  await storeReproduction(db, {
    outbox: shrink.outbox,
    grade: 'minimum (proved)',
    cost: { events: 0, preemptions: 1, switches: 1, steps: 12 },
    schedule: real?.schedule ?? '01',
    traceDigest: 'f'.repeat(64),
    certificate: '{"expanded":[4,2]}',
  });
  return { program, campaign };
}

/**
 * Carves, claims and completes every shard of the campaign. A running application may be feeding at the
 * same moment, so this goes on until everything is counted. `every` sets how often it fails.
 */
export async function runToTheEnd(db: Database, campaign: number, every?: number): Promise<void> {
  for (;;) {
    const state = await findCampaign(db, campaign);
    if (state === null || state.executed === state.schedules) return;
    await feedShards(db, TARGET, SAMPLE_SEMANTICS);
    const shards = await db.query<{ id: number }>(OPEN, [campaign]);
    for (const { id } of shards) await completeOne(db, id, every);
  }
}

async function completeOne(db: Database, id: number, every?: number): Promise<void> {
  const claim = {
    shard: id,
    worker: WORKER,
    leaseMs: 60_000,
    semantics: SAMPLE_SEMANTICS,
    alone: false,
  };
  const shard = await claimShard(db, claim);
  if (shard === null) return;
  const result = sampleResult(shard.seedFrom, shard.count, every);
  await completeShard(db, { shard: id, epoch: shard.epoch, worker: WORKER, result });
}
