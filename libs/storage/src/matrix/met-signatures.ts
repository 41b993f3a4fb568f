/**
 * The signatures that sampling has met on programs, whatever strategy and campaign met them.
 * Raw, because they are told apart and put together per program.
 */
import type { Queryable } from '../database/database.js';
import { bool, char, statement, text } from '../database/statement.js';

const SQL = statement(
  { program: char, signature: text, report: bool },
  `
  SELECT DISTINCT g.digest AS program, s.text AS signature, s.report
    FROM program g
    JOIN failure_group f ON f.program_id = g.id
    JOIN signature s ON s.id = f.signature_id
   WHERE g.digest = ANY($1::bpchar[])
   ORDER BY g.digest, s.text`,
);

export interface MetSignature {
  program: string;
  signature: string;
  report: boolean;
}

/** @param programs digests */
export function listMetSignatures(
  db: Queryable,
  programs: readonly string[],
): Promise<MetSignature[]> {
  return db.run(SQL, [programs]);
}
