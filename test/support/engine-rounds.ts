/**
 * Campaigns in rounds as the engine alone has them, and a worker that samples in this process: what the service
 * stores must equal the former whatever the latter's shards and order.
 */
import type { ShardTotals, SignatureTotals } from '@lastref/contracts';
import {
  allocate,
  type BatchTotals,
  ledgerDigest,
  mergeTotals,
  NO_TOTALS,
  type Plan,
  type Round,
  Sampler,
  stopReason,
  type StopRule,
} from '@lastref/exploration';
import { type Program, programDigest } from '@lastref/kernel';
import { claimShard, completeShard, type Database, feedShards } from '@lastref/storage';

const WORKER = '00000000-0000-4000-8000-00000000000c';
const OPEN = `SELECT id FROM shard WHERE campaign_id = $1 AND state IN ('pending', 'queued') ORDER BY id`;

/** The rounds of a plan, and why there are no more, where each takes so many milliseconds. */
export function engineRounds(
  program: Program,
  plan: Plan,
  rule: StopRule,
  roundMs = 0,
): { rounds: Round[]; stopped: string } {
  const rounds: Round[] = [];
  for (;;) {
    rounds.push(
      allocate(rounds.length, rounds, plan).map((part) => {
        const sampler = new Sampler(program, part.strategy);
        sampler.run(part.seedFrom, part.count);
        return { ...part, totals: sampler.totals() };
      }),
    );
    const stopped = stopReason(rule, rounds, plan, rounds.length * roundMs);
    if (stopped !== null) return { rounds, stopped };
  }
}

export function roundsLedger(program: Program, rounds: readonly Round[]): string {
  const parts = rounds.flat();
  const strategies = [...new Set(parts.map(({ strategy }) => strategy))];
  return ledgerDigest(
    strategies.map((strategy) => ({
      program: programDigest(program),
      strategy,
      totals: parts
        .filter((part) => part.strategy === strategy)
        .reduce((sum, { totals }) => mergeTotals(sum, totals), NO_TOTALS),
    })),
  );
}

/** Carves and counts every shard of the rounds that are open; nothing looks at what comes next. */
export async function finishRound(
  db: Database,
  campaign: number,
  programs: readonly Program[],
): Promise<void> {
  await feedShards(db, 1_000);
  await workOff(db, campaign, programs, 1);
}

/** Claims and counts every open shard, last first, so many at once. @returns how many it found */
export async function workOff(
  db: Database,
  campaign: number,
  programs: readonly Program[],
  atOnce: number,
): Promise<number> {
  const open = (await db.query<{ id: number }>(OPEN, [campaign])).reverse();
  for (let next = 0; next < open.length; next += atOnce) {
    await Promise.all(
      open.slice(next, next + atOnce).map(({ id }) => workOffOne(db, id, programs)),
    );
  }
  return open.length;
}

async function workOffOne(db: Database, id: number, programs: readonly Program[]): Promise<void> {
  const claim = { shard: id, worker: WORKER, leaseMs: 60_000, semantics: [1] };
  const shard = await claimShard(db, claim);
  const program = programs.find((one) => programDigest(one) === shard?.program);
  if (shard === null || program === undefined) return;
  const sampler = new Sampler(program, shard.strategy);
  sampler.run(shard.seedFrom, shard.count);
  const result = { totals: stored(sampler.totals()), failures: [], elapsedMs: 1 };
  await completeShard(db, { shard: id, epoch: shard.epoch, worker: WORKER, result });
}

function stored(totals: BatchTotals): ShardTotals {
  const signatures = totals.signatures.map((row): SignatureTotals => {
    const { signature, kind, report, count, lanes, lowestSeeds } = row;
    return { signature, kind, report, count, lanes, lowestSeeds: [...lowestSeeds] };
  });
  return { ...totals, cutSeeds: [...totals.cutSeeds], signatures };
}
