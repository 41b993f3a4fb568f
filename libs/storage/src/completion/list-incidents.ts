/** Incidents, newest first. */
import type { Queryable } from '../database/database.js';
import type { After } from '../page.js';

export interface StoredIncident {
  id: number;
  shard: number;
  epoch: number;
  worker: string;
  counted: string;
  differing: string;
  detail: string;
  createdAt: Date;
}

const SQL = `
  SELECT id, shard_id AS shard, epoch, worker_id AS worker, counted, differing, detail,
         created_at AS "createdAt"
    FROM incident
   WHERE $1::int8 IS NULL OR id < $1
   ORDER BY id DESC LIMIT $2`;

export function listIncidents(db: Queryable, page: After): Promise<StoredIncident[]> {
  return db.query<StoredIncident & Record<string, unknown>>(SQL, [page.after ?? null, page.limit]);
}
