/**
 * Carves the next run of shards from one part of the running campaign with the least virtual time, and
 * advances the part and the campaign's virtual time in the same statement: seeds are never carved twice
 * nor skipped. The size is the campaign's, else the power of two nearest one second at the part's measured
 * rate; while the rate is unknown a part has at most two unfinished shards.
 * Virtual time is microseconds of one thread, divided by the campaign's weight.
 * Raw, because choosing, carving and advancing are one statement.
 */
import type { Queryable } from '../database/database.js';
import {
  FIRST_SHARD,
  LARGEST_SHARD,
  SHARDS_PER_RUN,
  SMALLEST_SHARD,
  UNMEASURED_SHARDS,
} from '../limits.js';
import { int4, statement } from '../database/statement.js';

const SQL = statement(
  { shards: int4 },
  `
  WITH chosen AS (
    SELECT p.id, p.campaign_id, p.program_id, p.strategy, p.seed_next, p.seed_end,
           coalesce(p.rate, $3::int8) AS rate,
           coalesce(c.shard_size,
                    CASE WHEN p.rate IS NULL THEN $3::int8
                         ELSE greatest($2::int8, least($4::int8, power(2, round(log(2, greatest(p.rate, 1)::numeric)))))
                    END)::int8 AS size,
           least($1::int4, $5::int4, CASE WHEN p.rate IS NULL AND c.shard_size IS NULL
                              THEN $6::int4 - (p.shards_carved - p.shards_done - p.shards_quarantined)
                              ELSE $5::int4 END) AS run
      FROM campaign c
      JOIN campaign_part p ON p.campaign_id = c.id
      JOIN program g ON g.id = p.program_id AND g.semantics = ANY($7::int4[])
     WHERE c.state = 'running' AND p.seed_next < p.seed_end
       AND (p.rate IS NOT NULL OR c.shard_size IS NOT NULL
            OR p.shards_carved - p.shards_done - p.shards_quarantined < $6::int4)
     ORDER BY c.virtual_time, c.id, p.round, p.seed_next - p.seed_from, p.id
     LIMIT 1
       FOR NO KEY UPDATE OF c, p
  ), carved AS (
    INSERT INTO shard (part_id, campaign_id, program_id, strategy, seed_from, count)
    SELECT id, campaign_id, program_id, strategy, seed_next + n * size,
           least(size, seed_end - seed_next - n * size)
      FROM chosen, generate_series(0, run - 1) AS n
     WHERE seed_next + n * size < seed_end
     ORDER BY n
    RETURNING count
  ), sums AS (
    SELECT count(*)::int4 AS shards, coalesce(sum(count), 0)::int8 AS seeds FROM carved
  ), advanced AS (
    UPDATE campaign_part p
       SET seed_next = p.seed_next + sums.seeds, shards_carved = p.shards_carved + sums.shards
      FROM chosen, sums
     WHERE p.id = chosen.id
  ), dealt AS (
    UPDATE campaign c
       SET virtual_time = c.virtual_time + ceil(1e6 * sums.seeds / chosen.rate / c.weight)::int8
      FROM chosen, sums
     WHERE c.id = chosen.campaign_id
  )
  SELECT shards FROM sums`,
);

/** Carves at most `room` shards of these semantics; 0 means that there is nothing to carve now. */
export async function carveShards(
  db: Queryable,
  room: number,
  semantics: readonly number[],
): Promise<number> {
  const [row] = await db.run(SQL, [
    room,
    SMALLEST_SHARD,
    FIRST_SHARD,
    LARGEST_SHARD,
    SHARDS_PER_RUN,
    UNMEASURED_SHARDS,
    semantics,
  ]);
  return row?.shards ?? 0;
}
