/**
 * Opens bugs again that were gone and have been met: a regression, which is announced, with an event in the bug's history.
 * Only where the program met on is the newest under its address: an old version shows nothing new when it still fails.
 * Raw, because it belongs to the raw transaction of a completion.
 */
import type { Queryable } from '../database/database.js';
import { int8, statement } from '../database/statement.js';
import { announce } from '../notifications/announce.js';
import type { LockedShard } from './lock-shard.js';

const SQL = statement(
  { bug: int8, event: int8 },
  `
  WITH back AS (
    UPDATE bug SET state = 'open'
     WHERE id = ANY($1::int8[]) AND state = 'gone'
       AND NOT EXISTS (SELECT FROM program met
                         JOIN program newer ON newer.address = met.address AND newer.id > met.id
                        WHERE met.id = $2)
    RETURNING id
  ), events AS (
    INSERT INTO bug_event (bug_id, kind, campaign_id)
    SELECT id, 'regressed', $3 FROM back ORDER BY id
    RETURNING id, bug_id
  )
  SELECT bug_id AS bug, id AS event FROM events`,
);

export async function reopenBugs(
  tx: Queryable,
  { program, campaign }: LockedShard,
  bugs: readonly number[],
): Promise<void> {
  for (const { bug, event } of await tx.run(SQL, [bugs, program, campaign])) {
    const subject = `bug ${bug}, event ${event}`;
    const detail = 'Nights no longer met this bug; now it has been met again.';
    await announce(tx, { kind: 'regression', subject, bug, campaign, detail });
  }
}
