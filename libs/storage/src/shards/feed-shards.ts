/**
 * Carves until `target` shards are queued or ready to be, dealing between campaigns by least virtual
 * time. One control plane at a time; the one that does not get the lock carves nothing.
 * Raw, because only literal states let the planner use the small indexes of open shards.
 */
import type { Database } from '../database/database.js';
import { FEED_LOCK, tryLock } from './advisory-locks.js';
import { carveShards } from './carve-shards.js';
import { int4, statement } from '../database/statement.js';

const COUNT_READY = statement(
  { ready: int4 },
  `
  SELECT (SELECT count(*) FROM shard WHERE state = 'queued')::int4
       + (SELECT count(*) FROM shard WHERE state = 'pending')::int4 AS ready`,
);

export function feedShards(db: Database, target: number): Promise<number> {
  return db.transaction(async (tx) => {
    if (!(await tryLock(tx, FEED_LOCK))) return 0;
    const [row] = await tx.run(COUNT_READY);
    const room = target - (row?.ready ?? 0);
    let carved = 0;
    while (carved < room) {
      const shards = await carveShards(tx, room - carved);
      if (shards === 0) break;
      carved += shards;
    }
    return carved;
  });
}
