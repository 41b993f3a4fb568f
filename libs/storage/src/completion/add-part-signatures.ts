/**
 * Adds a result to the ledger of its part: counts add, lanes add modulo 2^32, the lowest seeds stay.
 * Raw, because Prisma has no upsert of many rows that adds to what stands.
 */
import type { Queryable } from '../database/database.js';
import { CAMPAIGN_SEEDS } from '../limits.js';
import type { CountedSignature } from './store-signatures.js';
import { statement } from '../database/statement.js';

const SQL = statement(
  {},
  `
  INSERT INTO part_signature (part_id, signature_id, count, lane0, lane1, lane2, lane3, lowest_seeds)
  SELECT $1, signature, count, lane0, lane1, lane2, lane3,
         ARRAY(SELECT value::int8 FROM jsonb_array_elements_text(lowest) AS value)
    FROM unnest($2::int8[], $3::int8[], $4::int8[], $5::int8[], $6::int8[], $7::int8[], $8::jsonb[])
      AS added (signature, count, lane0, lane1, lane2, lane3, lowest)
  ON CONFLICT (part_id, signature_id) DO UPDATE
     SET count = part_signature.count + excluded.count,
         lane0 = (part_signature.lane0 + excluded.lane0) % 4294967296,
         lane1 = (part_signature.lane1 + excluded.lane1) % 4294967296,
         lane2 = (part_signature.lane2 + excluded.lane2) % 4294967296,
         lane3 = (part_signature.lane3 + excluded.lane3) % 4294967296,
         lowest_seeds = ARRAY(SELECT DISTINCT seed
                                FROM unnest(part_signature.lowest_seeds || excluded.lowest_seeds) AS seed
                               ORDER BY seed LIMIT $9)`,
);

export async function addPartSignatures(
  tx: Queryable,
  part: number,
  signatures: readonly CountedSignature[],
): Promise<void> {
  await tx.run(SQL, [
    part,
    signatures.map((row) => row.id),
    signatures.map((row) => row.count),
    signatures.map((row) => row.lanes[0]),
    signatures.map((row) => row.lanes[1]),
    signatures.map((row) => row.lanes[2]),
    signatures.map((row) => row.lanes[3]),
    signatures.map((row) => JSON.stringify(row.lowestSeeds.slice(0, CAMPAIGN_SEEDS))),
    CAMPAIGN_SEEDS,
  ]);
}
