/**
 * Ends campaigns whose every seed has been carved and whose every shard is done or quarantined, and of which no further
 * round is to come: each program has stopped, or lacks a shard that was quarantined. The
 * ledger digest comes from the caller (storage knows no engine). Campaign, parts and digest are one transaction: a late
 * result of a quarantined shard takes the campaign FOR SHARE, so it is counted before the parts are read or dropped after
 * the end. One that a night's successor cut short ends cancelled. Running it twice, or in two processes, changes nothing.
 * Raw, because readiness compares columns with each other, the lock has a mode and the time is the database's.
 */
import type { Database, Queryable } from '../database/database.js';
import { int8, oneOf, statement } from '../database/statement.js';
import { listParts, type StoredPart } from './campaign-parts.js';

export interface ClosedCampaign {
  state: 'done' | 'incomplete' | 'cancelled';
  ledgerDigest: string;
}

const IS_READY = `
  NOT EXISTS (SELECT FROM campaign_part p
               WHERE p.campaign_id = c.id
                 AND (p.seed_next < p.seed_end
                      OR p.shards_done + p.shards_quarantined < p.shards_carved))
  AND NOT EXISTS (SELECT FROM campaign_program r
                   WHERE r.campaign_id = c.id AND r.stopped IS NULL
                     AND NOT EXISTS (SELECT FROM campaign_part p
                                      WHERE p.campaign_id = c.id AND p.program_id = r.program_id
                                        AND p.shards_quarantined > 0))`;

const LIST = statement(
  { id: int8 },
  `SELECT c.id FROM campaign c WHERE c.state = 'running' AND ${IS_READY} ORDER BY c.id`,
);

const HOLD = statement({ id: int8 }, `SELECT id FROM campaign WHERE id = $1 FOR NO KEY UPDATE`);

const CLOSE = statement(
  { state: oneOf('done', 'incomplete', 'cancelled') },
  `
  UPDATE campaign c
     SET state = CASE WHEN c.ends_early THEN 'cancelled'::campaign_state
                      WHEN EXISTS (SELECT FROM campaign_part p
                                    WHERE p.campaign_id = c.id AND p.shards_quarantined > 0)
                      THEN 'incomplete' ELSE 'done' END,
         ledger_digest = $2, finished_at = now()
   WHERE c.id = $1 AND c.state = 'running' AND ${IS_READY}
  RETURNING c.state::text`,
);

export async function listCampaignsToClose(db: Queryable): Promise<number[]> {
  const rows = await db.run(LIST);
  return rows.map((row) => row.id);
}

/**
 * How it ended, or null if somebody else closed or cancelled it meanwhile, or it is not ready. The
 * digest is made of the parts as they stand while nothing can be added to them.
 */
export function closeCampaign(
  db: Database,
  campaign: number,
  digestOf: (parts: readonly StoredPart[]) => string,
): Promise<ClosedCampaign | null> {
  return db.prismaTransaction(async (tx) => {
    await tx.run(HOLD, [campaign]);
    const ledgerDigest = digestOf(await listParts(tx, campaign));
    const [row] = await tx.run(CLOSE, [campaign, ledgerDigest]);
    return row === undefined ? null : { ...row, ledgerDigest };
  });
}
