/**
 * Stores what exhaustive search said, and makes it the proof that the matrix shows where it says most: a complete one before
 * one that was bounded, of those the one that saw more states, of equals the later.
 * Raw, because it belongs to the raw transaction of a completion and compares with what stands.
 */
import type { Search } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { statement } from '../database/statement.js';

const SQL = statement(
  {},
  `
  WITH stored AS (
    INSERT INTO proof (operation_id, program_id, complete, semantics, states, transitions, depth,
                       state_keys, symmetry, reduced, max_states, failures, reports, missed,
                       clean_ends, certificate)
    SELECT o.id, g.id, $2, g.semantics, $3, $4, $5, $6, $7, $8,
           (o.options ->> 'maxStates')::int8, $9, $10, $11, $12, $13
      FROM operation o
      JOIN program g ON g.id = o.program_id
     WHERE o.id = $1
    RETURNING id, program_id, complete, states
  )
  INSERT INTO variant_status AS s (program_id, proof_id)
  SELECT program_id, id FROM stored
  ON CONFLICT (program_id) DO UPDATE
     SET updated_at = now(),
         proof_id = CASE WHEN EXISTS (SELECT FROM proof better
                                       WHERE better.id = s.proof_id
                                         AND (better.complete, better.states) > ($2::bool, $3::int8))
                         THEN s.proof_id ELSE excluded.proof_id END`,
);

export async function storeProof(tx: Queryable, operation: number, search: Search): Promise<void> {
  const { complete, states, transitions, depth, stateKeys, symmetry, reduced } = search;
  const { failures, reports, missed, ends, pollers } = search;
  await tx.run(SQL, [
    operation,
    complete,
    states,
    transitions,
    depth,
    stateKeys,
    symmetry,
    reduced,
    failures,
    reports,
    missed,
    ends.clean + pollers.length > 0,
    JSON.stringify(search),
  ]);
}
