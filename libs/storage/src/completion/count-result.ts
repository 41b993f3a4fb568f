/**
 * Writes the one counted result of a shard, marks it done and adds its totals to the part and to what is known of the program. The primary key
 * of the result is what makes counting twice impossible, whatever came before. A later lease that an earlier one was faster than
 * ends here: its worker may be dead, and a shard that is done is swept no more. The part's rate follows slowly; a shard of
 * a few milliseconds, most of which is starting, can only raise it.
 * Raw, because it is one statement over five tables that adds to what stands.
 */
import type { ShardTotals } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { CAMPAIGN_SEEDS, MEASURED_MS, OVERTAKEN_MESSAGE } from '../limits.js';
import type { LockedShard } from './lock-shard.js';
import { statement } from '../database/statement.js';

const SQL = statement(
  {},
  `
  WITH counted AS (
    INSERT INTO shard_result (shard_id, epoch, digest, schedules, elapsed_ms)
    VALUES ($1, $2, $3, $4, $5)
  ), done AS (
    UPDATE shard SET state = 'done', owner = NULL, lease_expires_at = NULL, queued_at = NULL
     WHERE id = $1
  ), attempt AS (
    UPDATE shard_attempt
       SET outcome = CASE WHEN epoch = $2 THEN 'done'::attempt_outcome ELSE 'lost' END,
           message = CASE WHEN epoch = $2 THEN NULL ELSE $17 END, ended_at = now()
     WHERE shard_id = $1 AND (epoch = $2 OR outcome = 'running')
  ), status AS (
    INSERT INTO variant_status AS s (program_id, schedules, outside, cut, failing)
    VALUES ($16, $4, $7, $8, $10)
    ON CONFLICT (program_id) DO UPDATE
       SET schedules = s.schedules + excluded.schedules, outside = s.outside + excluded.outside,
           cut = s.cut + excluded.cut, failing = s.failing + excluded.failing, updated_at = now()
  )
  UPDATE campaign_part
     SET shards_done = shards_done + 1,
         shards_quarantined = shards_quarantined - $6::int4,
         schedules = schedules + $4, outside = outside + $7, cut = cut + $8,
         steps = steps + $9, failing = failing + $10,
         cut_seeds = ARRAY(SELECT DISTINCT seed FROM unnest(cut_seeds || $14::int8[]) AS seed
                            ORDER BY seed LIMIT $15),
         rate = CASE WHEN rate IS NULL THEN $11::float8
                     WHEN $5 < $13::int4 THEN greatest(rate, $11::float8)
                     ELSE rate * 0.75 + $11::float8 * 0.25 END
   WHERE id = $12`,
);

const failingSchedules = (totals: ShardTotals): number =>
  totals.signatures.reduce((sum, { report, count }) => sum + (report ? 0 : count), 0);

export async function countResult(
  tx: Queryable,
  shard: LockedShard,
  result: { epoch: number; digest: string; totals: ShardTotals; elapsedMs: number },
): Promise<void> {
  const { totals, elapsedMs } = result;
  await tx.run(SQL, [
    shard.shard,
    result.epoch,
    result.digest,
    totals.schedules,
    Math.round(elapsedMs),
    Number(shard.state === 'quarantined'),
    totals.outside,
    totals.cut,
    totals.steps,
    failingSchedules(totals),
    (totals.schedules * 1_000) / Math.max(elapsedMs, 1),
    shard.part,
    MEASURED_MS,
    totals.cutSeeds.slice(0, CAMPAIGN_SEEDS),
    CAMPAIGN_SEEDS,
    shard.program,
    OVERTAKEN_MESSAGE,
  ]);
}
