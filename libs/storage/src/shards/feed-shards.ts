/**
 * Carves until `target` shards are queued or ready to be, dealing between campaigns by least virtual
 * time. One control plane at a time; the one that does not get the lock carves nothing. Shards of semantics that nobody
 * implements now are neither carved nor counted: they would hold the places of those that can run.
 * Raw, because only literal states let the planner use the small indexes of open shards.
 */
import type { Database } from '../database/database.js';
import { FEED_LOCK, tryLock } from './advisory-locks.js';
import { carveShards } from './carve-shards.js';
import { int4, statement } from '../database/statement.js';

const COUNT_READY = statement(
  { ready: int4 },
  `
  SELECT count(*)::int4 AS ready
    FROM shard s
    JOIN program g ON g.id = s.program_id
   WHERE s.state IN ('pending', 'queued') AND g.semantics = ANY($1::int4[])`,
);

export interface Fed {
  /** Shards that waited for a worker before. */
  ready: number;
  carved: number;
}

/** `semantics`: those that live workers implement. Null where another control plane feeds just now. */
export function feedShards(
  db: Database,
  target: number,
  semantics: readonly number[],
): Promise<Fed | null> {
  return db.transaction(async (tx) => {
    if (!(await tryLock(tx, FEED_LOCK))) return null;
    const [row] = await tx.run(COUNT_READY, [semantics]);
    const ready = row?.ready ?? 0;
    const room = target - ready;
    let carved = 0;
    while (carved < room) {
      const shards = await carveShards(tx, room - carved, semantics);
      if (shards === 0) break;
      carved += shards;
    }
    return { ready, carved };
  });
}
