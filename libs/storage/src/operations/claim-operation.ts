/**
 * Leases one operation, as claim-shard.ts does a shard: free if it waits or was sent, or runs under a lease that has expired.
 * One that was lost often is leased only to who runs it alone, and too often not at all: the sweep gives it up.
 * Raw, because a claim is one statement that decides and takes.
 */
import type { Work } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { char, int4, int8, json, statement, text } from '../database/statement.js';
import { LOST_BEFORE_ALONE, LOST_LEASES, LOST_OPERATION } from '../limits.js';

export interface OperationClaim {
  operation: number;
  worker: string;
  leaseMs: number;
  semantics: readonly number[];
  /** Nothing else runs in this process: what kills it is this operation. */
  alone: boolean;
}

export interface ClaimedOperation {
  operation: number;
  epoch: number;
  program: string;
  address: string;
  work: Work;
  /** Runs of it that said that they failed. */
  failures: number;
}

const SQL = statement(
  {
    operation: int8,
    epoch: int4,
    program: char,
    address: text,
    work: json<Work>(),
    failures: int4,
  },
  `
  UPDATE operation o
     SET state = 'running', epoch = o.epoch + 1, owner = $2, sent_at = NULL, progress = 0,
         lease_expires_at = now() + $3 * interval '1 millisecond',
         started_at = coalesce(o.started_at, now()),
         unended_starts = o.unended_starts + (o.state = 'running')::int4,
         messages = CASE WHEN o.state = 'running' THEN o.messages || $6::text ELSE o.messages END
    FROM program g
   WHERE o.id = $1 AND g.id = o.program_id AND g.semantics = ANY($4::int4[])
     AND (o.state IN ('waiting', 'sent') OR (o.state = 'running' AND o.lease_expires_at < now()))
     AND o.unended_starts + (o.state = 'running')::int4 < $5::int4
  RETURNING o.id AS operation, o.epoch, g.digest AS program, g.address, o.options AS work,
            o.reported_failures AS failures`,
);

/** Null if there is nothing to do: somebody has it, or it has ended. */
export async function claimOperation(
  db: Queryable,
  { operation, worker, leaseMs, semantics, alone }: OperationClaim,
): Promise<ClaimedOperation | null> {
  const lostBelow = alone ? LOST_LEASES : LOST_BEFORE_ALONE;
  const [row] = await db.run(SQL, [
    operation,
    worker,
    leaseMs,
    semantics,
    lostBelow,
    LOST_OPERATION,
  ]);
  return row ?? null;
}
