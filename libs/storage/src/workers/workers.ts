/**
 * Worker processes: each registers itself, beats, and says when it stops. Alive means a beat within the
 * given time by the database's clock; no process clock is ever compared.
 * Raw, because every beat and every judgement of one is by the database's clock.
 */
import type { Queryable } from '../database/database.js';
import type { After } from '../page.js';
import {
  bool,
  int4,
  int4s,
  orNull,
  statement,
  text,
  timestamp,
  uuid,
} from '../database/statement.js';

export interface NewWorker {
  id: string;
  host: string;
  pid: number;
  threads: number;
  semantics: readonly number[];
  version: string;
}

export interface StoredWorker extends NewWorker {
  alive: boolean;
  startedAt: Date;
  seenAt: Date;
  stoppedAt: Date | null;
}

/** A worker that has not been seen for this long is not alive: three beats. */
export const WORKER_ALIVE_MS = 15_000;

const ALIVE = `(stopped_at IS NULL AND seen_at > now() - $1 * interval '1 millisecond')`;

const REGISTER = statement(
  {},
  `
  INSERT INTO worker (id, host, pid, threads, semantics, version)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (id) DO UPDATE SET seen_at = now(), stopped_at = NULL`,
);

const STOP = statement({}, `UPDATE worker SET stopped_at = now() WHERE id = $1`);

const LIST = statement(
  {
    id: uuid,
    host: text,
    pid: int4,
    threads: int4,
    semantics: int4s,
    version: text,
    alive: bool,
    startedAt: timestamp,
    seenAt: timestamp,
    stoppedAt: orNull(timestamp),
  },
  `
  SELECT id, host, pid, threads, coalesce(semantics, '{}') AS semantics, version, ${ALIVE} AS alive, started_at AS "startedAt",
         seen_at AS "seenAt", stopped_at AS "stoppedAt"
    FROM worker
   WHERE $2::uuid IS NULL
      OR (started_at, id) < (SELECT started_at, id FROM worker WHERE id = $2)
   ORDER BY started_at DESC, id DESC LIMIT $3`,
);

const COUNT = statement(
  { workers: int4, slots: int4, semantics: int4s },
  `
  SELECT count(*)::int4 AS workers, coalesce(sum(threads), 0)::int4 AS slots,
         ARRAY(SELECT DISTINCT unnest(semantics) FROM worker WHERE ${ALIVE}) AS semantics
    FROM worker WHERE ${ALIVE}`,
);

/** Registers the worker, or beats if it is registered. */
export async function registerWorker(db: Queryable, worker: NewWorker): Promise<void> {
  const { id, host, pid, threads, semantics, version } = worker;
  await db.run(REGISTER, [id, host, pid, threads, semantics, version]);
}

export async function stopWorker(db: Queryable, id: string): Promise<void> {
  await db.run(STOP, [id]);
}

/** Newest first; `after` is the id of the last worker seen. */
export function listWorkers(
  db: Queryable,
  page: Omit<After, 'after'> & { after?: string | undefined },
): Promise<StoredWorker[]> {
  return db.run(LIST, [WORKER_ALIVE_MS, page.after ?? null, page.limit]);
}

export interface LiveWorkers {
  workers: number;
  /** The threads they explore with. */
  slots: number;
  /** What at least one of them implements. */
  semantics: number[];
}

export async function countLiveWorkers(
  db: Queryable,
  aliveMs = WORKER_ALIVE_MS,
): Promise<LiveWorkers> {
  const [row] = await db.run(COUNT, [aliveMs]);
  return row ?? { workers: 0, slots: 0, semantics: [] };
}
