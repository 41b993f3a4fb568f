/**
 * Counts a result in the failure groups of its program and strategy, which also locks them, and returns
 * where each group's cut-off stands now.
 * Raw, because Prisma has no upsert of many rows that adds to what stands and returns them.
 */
import type { Queryable } from '../database/database.js';
import type { LockedShard } from './lock-shard.js';
import type { CountedSignature } from './store-signatures.js';
import { int8, orNull, statement } from '../database/statement.js';

export interface LockedGroup {
  group: number;
  signature: number;
  bug: number;
  /** Null while the group is not full. */
  cutOff: number | null;
}

const SQL = statement(
  { group: int8, signature: int8, bug: int8, cutOff: orNull(int8) },
  `
  INSERT INTO failure_group (program_id, strategy, signature_id, bug_id, count)
  SELECT $1, $2, signature, bug, count
    FROM unnest($3::int8[], $4::int8[], $5::int8[]) AS met (signature, bug, count)
  ON CONFLICT (program_id, strategy, signature_id) DO UPDATE
     SET count = failure_group.count + excluded.count
  RETURNING id AS "group", signature_id AS signature, bug_id AS bug, cut_off AS "cutOff"`,
);

export function lockGroups(
  tx: Queryable,
  shard: LockedShard,
  signatures: readonly CountedSignature[],
  bugs: ReadonlyMap<number, number>,
): Promise<LockedGroup[]> {
  return tx.run(SQL, [
    shard.program,
    shard.strategy,
    signatures.map((row) => row.id),
    signatures.map((row) => bugs.get(row.id)),
    signatures.map((row) => row.count),
  ]);
}
