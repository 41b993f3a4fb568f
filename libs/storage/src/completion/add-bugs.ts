/**
 * Counts a result's signatures as bugs of its scenario and variant, and as bugs of its campaign; a bug met
 * on a program for the first time gets a row in the outbox, from which it will be shrunk. All in one statement,
 * so a bug without its shrink, or a shrink without its bug, cannot be. A bug met for the first time is announced.
 * Raw, because Prisma has no upsert of many rows that adds to what stands.
 */
import type { Queryable } from '../database/database.js';
import type { LockedShard } from './lock-shard.js';
import type { CountedSignature } from './store-signatures.js';
import { bool, int8, statement } from '../database/statement.js';
import { reopenBugs } from './reopen-bugs.js';
import { announce } from '../notifications/announce.js';

const SQL = statement(
  { id: int8, signature: int8, fresh: bool, gone: bool },
  `
  WITH met AS (
    INSERT INTO bug (scenario, variant, signature_id, count)
    SELECT $1, $2, signature, count FROM unnest($3::int8[], $4::int8[]) AS met (signature, count)
    ON CONFLICT (scenario, variant, signature_id) DO UPDATE
       SET count = bug.count + excluded.count, last_seen_at = now()
    RETURNING id, signature_id AS signature, xmax = 0 AS fresh, state = 'gone' AS gone
  ), events AS (
    INSERT INTO bug_event (bug_id, kind, campaign_id) SELECT id, 'found', $5 FROM met WHERE fresh
  ), campaign AS (
    INSERT INTO bug_campaign (bug_id, campaign_id, count)
    SELECT met.id, $5, added.count
      FROM met
      JOIN unnest($3::int8[], $4::int8[]) AS added (signature, count) USING (signature)
    ON CONFLICT (bug_id, campaign_id) DO UPDATE SET count = bug_campaign.count + excluded.count
  ), shrinks AS (
    INSERT INTO outbox (bug_id, program_id)
    SELECT met.id, $6 FROM met
    ON CONFLICT (bug_id, program_id) DO NOTHING
  )
  SELECT id, signature, fresh, gone FROM met ORDER BY id`,
);

/** Bug ids by signature id. */
export async function addBugs(
  tx: Queryable,
  shard: LockedShard,
  signatures: readonly CountedSignature[],
): Promise<Map<number, number>> {
  const rows = await tx.run(SQL, [
    shard.scenario,
    shard.variant,
    signatures.map((row) => row.id),
    signatures.map((row) => row.count),
    shard.campaign,
    shard.program,
  ]);
  for (const { id, fresh } of rows) {
    if (fresh) await announceBug(tx, id, shard.campaign);
  }
  const gone = rows.filter((row) => row.gone).map((row) => row.id);
  if (gone.length > 0) await reopenBugs(tx, shard, gone);
  return new Map(rows.map((row) => [row.signature, row.id]));
}

async function announceBug(tx: Queryable, bug: number, campaign: number): Promise<void> {
  await announce(tx, { kind: 'new-signature', subject: `bug ${bug}`, bug, campaign });
}
