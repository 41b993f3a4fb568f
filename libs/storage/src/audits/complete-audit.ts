/**
 * Ends an audit: the digest of its result is compared with the counted one, and nothing else of it is kept. A difference opens an
 * incident, which stops the campaign, in the same transaction. The first answer stays, whatever its epoch.
 * Raw, because it is one transaction under a row lock, at the database's time.
 */
import type { ShardResult } from '@lastref/contracts';
import { resultDigest } from '../completion/result-digest.js';
import type { Database, Queryable } from '../database/database.js';
import { runUntilKnown } from '../database/run-until-known.js';
import { char, int8, oneOf, statement, uuid } from '../database/statement.js';
import { openIncident } from '../incidents/open-incident.js';
import { MESSAGE_LENGTH, REPORTED_FAILURES } from '../limits.js';
import type { Lease } from '../shards/renew-leases.js';

export interface AuditCompletion extends Lease {
  worker: string;
  result: ShardResult;
}

const END = statement(
  { campaign: int8, counted: char, countedBy: uuid, state: oneOf('equal', 'differs') },
  `
  UPDATE shard_audit
     SET state = CASE WHEN counted = $2 THEN 'equal' ELSE 'differs' END, digest = $2, owner = $3,
         elapsed_ms = $4, lease_expires_at = NULL, queued_at = NULL, ended_at = now()
   WHERE shard_id = $1 AND state IN ('pending', 'queued', 'leased')
  RETURNING campaign_id AS campaign, counted, counted_by AS "countedBy", state`,
);

const RELEASE = statement(
  {},
  `
  UPDATE shard_audit SET state = 'pending', owner = NULL, lease_expires_at = NULL
   WHERE shard_id = $1 AND epoch = $2 AND owner = $3 AND state = 'leased'`,
);

const FAIL = statement(
  {},
  `
  UPDATE shard_audit
     SET reported_failures = reported_failures + 1, message = $4, owner = NULL, lease_expires_at = NULL,
         state = CASE WHEN reported_failures + 1 >= $5 THEN 'failed' ELSE 'pending' END,
         ended_at = CASE WHEN reported_failures + 1 >= $5 THEN now() END
   WHERE shard_id = $1 AND epoch = $2 AND owner = $3 AND state = 'leased'`,
);

async function complete(
  tx: Queryable,
  { shard, epoch, worker, result }: AuditCompletion,
): Promise<'equal' | 'differs' | 'dropped'> {
  const differing = resultDigest(result.totals);
  const [row] = await tx.run(END, [shard, differing, worker, Math.round(result.elapsedMs)]);
  if (row === undefined) return 'dropped';
  const { campaign, counted, countedBy, state } = row;
  if (state === 'equal') return state;
  await openIncident(tx, {
    kind: 'audit',
    subject: `shard ${shard} run again gave ${differing}`,
    campaign,
    results: { shard, epoch, worker, counted, differing },
    detail: JSON.stringify({ countedBy, runAgainBy: worker, totals: result.totals }),
  });
  return state;
}

/** dropped: somebody ended it before. */
export function completeAudit(
  db: Database,
  completion: AuditCompletion,
): Promise<'equal' | 'differs' | 'dropped'> {
  return runUntilKnown(() => db.transaction((tx) => complete(tx, completion)));
}

/** Gives the lease back, when a worker stops in order. */
export async function releaseAudit(
  db: Queryable,
  worker: string,
  { shard, epoch }: Lease,
): Promise<void> {
  await db.run(RELEASE, [shard, epoch, worker]);
}

/** The third reported failure ends it, with its message and no answer. */
export async function failAudit(
  db: Queryable,
  worker: string,
  { shard, epoch }: Lease,
  message: string,
): Promise<void> {
  await db.run(FAIL, [shard, epoch, worker, message.slice(0, MESSAGE_LENGTH), REPORTED_FAILURES]);
}
