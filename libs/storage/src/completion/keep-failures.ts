/**
 * Keeps the N lowest failing seeds ever of each group. Taking the N least of a set is commutative and
 * idempotent: the order of shards, duplicates and concurrency cannot matter. Only seeds below the group's
 * cut-off are inserted; then each group is trimmed and its cut-off moved to its N-th seed.
 * Raw, because a trim ranks rows within groups.
 */
import type { KeptFailure } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { KEPT_FAILURES } from '../limits.js';
import type { LockedGroup } from './lock-groups.js';
import type { LockedShard } from './lock-shard.js';
import type { CountedSignature } from './store-signatures.js';
import { statement } from '../database/statement.js';

const INSERT = statement(
  {},
  `
  INSERT INTO failure (group_id, bug_id, seed, program_id, schedule, trace_digest)
  SELECT kept.group_id, kept.bug_id, kept.seed, $6, kept.schedule, kept.digest
    FROM unnest($1::int8[], $2::int8[], $3::int8[], $4::text[], $5::text[])
      AS kept (group_id, bug_id, seed, schedule, digest)
  ON CONFLICT (group_id, seed) DO NOTHING`,
);

const TRIM = statement(
  {},
  `
  WITH ranked AS (
    SELECT group_id, seed, row_number() OVER (PARTITION BY group_id ORDER BY seed) AS place
      FROM failure
     WHERE group_id = ANY($1::int8[])
  ), trimmed AS (
    DELETE FROM failure f USING ranked r
     WHERE r.place > $2 AND f.group_id = r.group_id AND f.seed = r.seed
  )
  UPDATE failure_group k
     SET kept = ranks.kept,
         cut_off = CASE WHEN ranks.kept = $2 THEN ranks.last END
    FROM (SELECT group_id, count(*)::int4 AS kept, max(seed) AS last
            FROM ranked WHERE place <= $2 GROUP BY group_id) AS ranks
   WHERE k.id = ranks.group_id`,
);

interface Candidate extends KeptFailure {
  group: LockedGroup;
}

function candidates(
  failures: readonly KeptFailure[],
  signatures: readonly CountedSignature[],
  groups: readonly LockedGroup[],
): Candidate[] {
  const ids = new Map(signatures.map((row) => [row.signature, row.id]));
  const bySignature = new Map(groups.map((group) => [group.signature, group]));
  return failures.flatMap((failure) => {
    const group = bySignature.get(ids.get(failure.signature) ?? 0);
    if (group === undefined) throw new Error(`kept failure of ${failure.signature}, not in totals`);
    return group.cutOff === null || failure.seed < group.cutOff ? [{ ...failure, group }] : [];
  });
}

export async function keepFailures(
  tx: Queryable,
  shard: LockedShard,
  failures: readonly KeptFailure[],
  signatures: readonly CountedSignature[],
  groups: readonly LockedGroup[],
): Promise<void> {
  const kept = candidates(failures, signatures, groups);
  if (kept.length === 0) return;
  await tx.run(INSERT, [
    kept.map((row) => row.group.group),
    kept.map((row) => row.group.bug),
    kept.map((row) => row.seed),
    kept.map((row) => row.schedule),
    kept.map((row) => row.traceDigest),
    shard.program,
  ]);
  await tx.run(TRIM, [[...new Set(kept.map((row) => row.group.group))], KEPT_FAILURES]);
}
