/**
 * The programs of a running campaign that no live worker can run, since none implements their semantics: they wait until one comes,
 * and somebody has to be told.
 * Raw, because whether a worker is alive is judged by the database's clock.
 */
import type { Queryable } from '../database/database.js';
import { char, int4, statement, text } from '../database/statement.js';
import { WORKER_ALIVE_MS } from '../workers/workers.js';

export interface WaitingProgram {
  program: string;
  address: string;
  semantics: number;
}

const SQL = statement(
  { program: char, address: text, semantics: int4 },
  `
  SELECT g.digest AS program, g.address, g.semantics
    FROM campaign c
    JOIN program g ON g.id IN (SELECT p.program_id FROM campaign_part p WHERE p.campaign_id = c.id)
   WHERE c.id = $1 AND c.state = 'running'
     AND NOT EXISTS (
       SELECT 1 FROM worker w
        WHERE w.stopped_at IS NULL AND w.seen_at > now() - $2 * interval '1 millisecond'
          AND g.semantics = ANY (w.semantics))
   ORDER BY g.id`,
);

export function listWaitingPrograms(
  db: Queryable,
  campaign: number,
  aliveMs = WORKER_ALIVE_MS,
): Promise<WaitingProgram[]> {
  return db.run(SQL, [campaign, aliveMs]);
}
