/**
 * Programs, campaigns and results for specs of the storage and the services, without an engine: the
 * result of a range is a simple pure function of its seeds, additive like the real one. Every tenth seed is a deadlock, every
 * fifteenth carries a report, every hundredth and first is cut.
 */
import type { KeptFailure, ShardResult, SignatureTotals } from '@lastref/contracts';
import { createCampaign, storeProgram, type Database, type NewCampaign } from '@lastref/storage';
import { createHash, randomUUID } from 'node:crypto';

export const DEADLOCK = 'deadlock@a(lock_x)+b(lock_y)';
export const REPORT = 'lock-order@lock_x+lock_y';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A stored program nobody else has; its digest. */
export async function sampleProgram(
  db: Database,
  scenario = 'sample',
  semantics = 1,
): Promise<string> {
  const bytes = JSON.stringify({ unique: randomUUID() });
  const digest = sha256(bytes);
  await storeProgram(db, {
    digest,
    address: `${scenario}/buggy/main`,
    scenario,
    variant: 'buggy',
    caseName: 'main',
    title: 'a sample',
    format: 1,
    semantics,
    bytes,
  });
  return digest;
}

export async function sampleCampaign(
  db: Database,
  programs: readonly string[],
  options: Partial<NewCampaign> = {},
): Promise<number> {
  const result = await createCampaign(db, {
    title: 'sample',
    programs,
    strategy: 'rw/1',
    seedFrom: 0,
    schedules: 1_000,
    shardSize: 100,
    ...options,
  });
  if (result.kind !== 'created') throw new Error(result.kind);
  return result.id;
}

function lane(seed: number, place: number): number {
  return Math.imul(seed + place + 1, 0x9e3779b1) >>> 0;
}

function totalsOf(signature: string, report: boolean, seeds: readonly number[]): SignatureTotals {
  const sum = (place: number): number =>
    seeds.reduce((total, seed) => (total + lane(seed, place)) % 2 ** 32, 0);
  return {
    signature,
    kind: signature.slice(0, signature.indexOf('@')),
    report,
    count: seeds.length,
    lanes: [sum(0), sum(1), sum(2), sum(3)],
    lowestSeeds: seeds.slice(0, 10),
  };
}

/** What any worker finds in this range. `every` sets how often it fails. */
export function sampleResult(seedFrom: number, count: number, every = 10): ShardResult {
  const seeds = Array.from({ length: count }, (_, place) => seedFrom + place);
  const failing = seeds.filter((seed) => seed % every === 0);
  const cut = seeds.filter((seed) => seed % 100 === 1);
  const reporting = seeds.filter((seed) => seed % 15 === 0);
  const signatures = [totalsOf(DEADLOCK, false, failing), totalsOf(REPORT, true, reporting)].filter(
    (totals) => totals.count > 0,
  );
  const failures = failing.map((seed): KeptFailure => ({
    signature: DEADLOCK,
    seed,
    schedule: seed.toString(36),
    traceDigest: sha256(`trace of ${seed}`),
  }));
  return {
    totals: {
      schedules: count,
      outside: 0,
      cut: cut.length,
      cutSeeds: cut.slice(0, 10),
      steps: count * 7,
      signatures,
    },
    failures,
    elapsedMs: 10,
  };
}
