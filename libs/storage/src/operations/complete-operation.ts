/**
 * Counts the result of an operation, exactly once, in one transaction: its text, and of a proof the row that the matrix
 * stands on. The first result wins, whatever its epoch; a later one that differs opens an incident, because a search is a pure
 * function of what it is asked. When the outcome of COMMIT is unknown the same transaction runs again and finds out.
 * Raw, because Prisma takes no row locks, and the times are the database's.
 */
import type { Search } from '@lastref/contracts';
import type { Database, Queryable } from '../database/database.js';
import { runUntilKnown } from '../database/run-until-known.js';
import { oneOf, orNull, statement, text } from '../database/statement.js';
import { commitHooks } from '../commit-failpoints.js';
import type { Failpoints } from '../failpoints.js';
import { openIncident } from '../incidents/open-incident.js';
import { DIFFERENCE_LENGTH } from '../limits.js';
import { storeProof } from './store-proof.js';

export interface OperationResult {
  operation: number;
  /** JSON text of the answer. */
  result: string;
  /** States expanded, as the row shows them. */
  progress: number;
  /** Of a proof. */
  search?: Search | undefined;
}

/** counted: this result is the operation's. repeated, incident: an equal, a different one was counted before. dropped: cancelled. */
export type OperationOutcome = 'counted' | 'repeated' | 'incident' | 'dropped';

const LOCK = statement(
  {
    state: oneOf('waiting', 'sent', 'running', 'done', 'failed', 'cancelled'),
    result: orNull(text),
  },
  `
  SELECT state::text, result FROM operation
   WHERE id = $1
     FOR NO KEY UPDATE`,
);

const END = statement(
  {},
  `
  UPDATE operation
     SET state = 'done', result = $2, progress = $3, owner = NULL, lease_expires_at = NULL,
         sent_at = NULL, ended_at = now()
   WHERE id = $1`,
);

async function compare(
  tx: Queryable,
  operation: number,
  counted: string | null,
  result: string,
): Promise<OperationOutcome> {
  if (counted === result) return 'repeated';
  const subject = `operation ${operation} has two results`;
  const [one, other] = [counted ?? '', result].map((text) => text.slice(0, DIFFERENCE_LENGTH));
  await openIncident(tx, { kind: 'digest', subject, detail: `counted ${one}; then ${other}` });
  return 'incident';
}

async function complete(tx: Queryable, completion: OperationResult): Promise<OperationOutcome> {
  const { operation, result, progress, search } = completion;
  const [row] = await tx.run(LOCK, [operation]);
  if (row === undefined) return 'dropped';
  switch (row.state) {
    case 'done':
      return compare(tx, operation, row.result, result);
    case 'cancelled':
      return 'dropped';
    case 'waiting':
    case 'sent':
    case 'running':
    case 'failed':
      await tx.run(END, [operation, result, progress]);
      if (search !== undefined) await storeProof(tx, operation, search);
      return 'counted';
  }
}

export function completeOperation(
  db: Database,
  completion: OperationResult,
  failpoints?: Failpoints,
): Promise<OperationOutcome> {
  return runUntilKnown(() =>
    db.transaction((tx) => complete(tx, completion), commitHooks(db, failpoints)),
  );
}
