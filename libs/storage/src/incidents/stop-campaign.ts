/**
 * Ends a campaign of whose results two differ: `incomplete`, with the reason and, if it still ran, without a ledger. Its open
 * shards are cancelled as those of a cancelled campaign are, so that nobody runs them; counted results stay.
 * One that was done is incomplete from now on, too: its ledger may count the wrong one of the two.
 * Raw, because the time is the database's and literal states let the planner use the small indexes of open shards.
 */
import type { IncidentKind } from '@lastref/contracts';
import { CANCEL_SHARDS } from '../campaigns/cancel-campaign.js';
import type { Queryable } from '../database/database.js';
import { int8, statement } from '../database/statement.js';

/** After these no result of the campaign is known to be right. */
export const STOPPING_KINDS: ReadonlySet<IncidentKind> = new Set(['digest', 'audit']);

const STOP = statement(
  { id: int8 },
  `
  UPDATE campaign SET state = 'incomplete', reason = coalesce(reason, $2),
                      finished_at = coalesce(finished_at, now())
   WHERE id = $1 AND state IN ('running', 'done', 'incomplete')
  RETURNING id`,
);

export async function stopCampaign(tx: Queryable, campaign: number, reason: string): Promise<void> {
  const rows = await tx.run(STOP, [campaign, reason]);
  if (rows.length > 0) await tx.run(CANCEL_SHARDS, [campaign]);
}
