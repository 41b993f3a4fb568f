/**
 * Marks nights whose campaign still runs at their deadline and announces each, in one transaction.
 * Raw, because the present is the database's, and rows are marked by what other rows say.
 */
import type { Database } from '../database/database.js';
import { int8, statement, text, timestamp } from '../database/statement.js';
import { announceLateNight } from './announce-night.js';

const SQL = statement(
  { name: text, dueAt: timestamp, campaign: int8 },
  `
  UPDATE tick t
     SET late = true
    FROM campaign c, nightly n
   WHERE t.state = 'started' AND t.reviewed_at IS NULL AND NOT t.late AND t.deadline_at <= now()
     AND c.id = t.campaign_id AND c.state = 'running' AND n.id = t.nightly_id
  RETURNING n.name, t.due_at AS "dueAt", c.id AS campaign`,
);

export interface LateNight {
  name: string;
  campaign: number;
}

export function markLateNights(db: Database): Promise<LateNight[]> {
  return db.transaction(async (tx) => {
    const rows = await tx.run(SQL);
    for (const { name, dueAt, campaign } of rows) {
      await announceLateNight(tx, name, dueAt, campaign);
    }
    return rows.map(({ name, campaign }) => ({ name, campaign }));
  });
}
