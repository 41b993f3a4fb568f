/**
 * Counts the result of a shard, exactly once, in one transaction: result, totals of the part, ledger
 * lanes, bugs, kept failures, shrinks to be done, whether it is run again elsewhere. The first result wins, whatever its epoch; a later one is
 * compared with it and a difference opens an incident that stops the campaign. When the outcome of COMMIT is unknown the same
 * transaction runs again and finds out.
 */
import type { ShardResult } from '@lastref/contracts';
import assert from 'node:assert';
import type { Database, Queryable } from '../database/database.js';
import { runUntilKnown } from '../database/run-until-known.js';
import { commitHooks } from '../commit-failpoints.js';
import type { Failpoints } from '../failpoints.js';
import { openIncident } from '../incidents/open-incident.js';
import { SIGNATURES_PER_SHARD } from '../limits.js';
import { chooseAudit } from '../audits/choose-audit.js';
import { addBugs } from './add-bugs.js';
import { addPartSignatures } from './add-part-signatures.js';
import { countResult } from './count-result.js';
import { keepFailures } from './keep-failures.js';
import { lockGroups } from './lock-groups.js';
import { countedDigest, isCampaignRunning, lockShard, type LockedShard } from './lock-shard.js';

import { resultDigest } from './result-digest.js';
import { storeSignatures } from './store-signatures.js';

export interface Completion {
  shard: number;
  epoch: number;
  worker: string;
  result: ShardResult;
}

/**
 * counted: this result is the shard's. repeated: an equal one was counted before. incident: a different
 * one was counted before. dropped: the shard or its campaign was cancelled or has ended.
 */
export type CompletionOutcome = 'counted' | 'repeated' | 'incident' | 'dropped';

async function compare(
  tx: Queryable,
  { campaign }: LockedShard,
  { shard, epoch, worker, result }: Completion,
): Promise<CompletionOutcome> {
  const counted = await countedDigest(tx, shard);
  assert(counted !== null, `shard ${shard} is done without a result`);
  const differing = resultDigest(result.totals);
  if (counted === differing) return 'repeated';
  await openIncident(tx, {
    kind: 'digest',
    subject: `shard ${shard} gave ${differing}`,
    campaign,
    results: { shard, epoch, worker, counted, differing },
    detail: JSON.stringify(result.totals),
  });
  return 'incident';
}

async function count(
  tx: Queryable,
  shard: LockedShard,
  { epoch, worker, result }: Completion,
  audited: number,
): Promise<CompletionOutcome> {
  const { totals, failures, elapsedMs } = result;
  const digest = resultDigest(totals);
  await countResult(tx, shard, { epoch, digest, totals, elapsedMs });
  const failing = totals.signatures.some(({ report }) => !report);
  if (totals.signatures.length === 0) {
    await chooseAudit(tx, { shard, digest, worker, failing, bugs: [] }, audited);
    return 'counted';
  }
  const signatures = await storeSignatures(tx, totals.signatures);
  await addPartSignatures(tx, shard.part, signatures);
  const bugs = await addBugs(tx, shard, signatures);
  const groups = await lockGroups(tx, shard, signatures, bugs);
  await keepFailures(tx, shard, failures, signatures, groups);
  const met = signatures.map(({ id, count: times }) => ({ bug: bugs.get(id) ?? 0, count: times }));
  await chooseAudit(tx, { shard, digest, worker, failing, bugs: met }, audited);
  return 'counted';
}

async function complete(
  tx: Queryable,
  completion: Completion,
  audited: number,
): Promise<CompletionOutcome> {
  const { totals } = completion.result;
  const shard = await lockShard(tx, completion.shard);
  if (shard === null) return 'dropped';
  assert(totals.schedules === shard.count, `a result covers its whole shard ${shard.shard}`);
  assert(totals.signatures.length <= SIGNATURES_PER_SHARD, 'too many signatures in one shard');
  switch (shard.state) {
    case 'done':
      return compare(tx, shard, completion);
    case 'cancelled':
      return 'dropped';
    case 'quarantined':
      return (await isCampaignRunning(tx, shard.campaign))
        ? count(tx, shard, completion, audited)
        : 'dropped';
    case 'pending':
    case 'queued':
    case 'leased':
      return count(tx, shard, completion, audited);
  }
}

/** `audited`: the share of all shards, from 0 to 1, that is run again elsewhere. */
export function completeShard(
  db: Database,
  completion: Completion,
  failpoints?: Failpoints,
  audited = 0,
): Promise<CompletionOutcome> {
  return runUntilKnown(() =>
    db.transaction((tx) => complete(tx, completion, audited), commitHooks(db, failpoints)),
  );
}
