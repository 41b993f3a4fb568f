/** The program stored last under every address, in the order of addresses: what a list of scenarios shows. */
import type { Queryable } from '../database/database.js';

export interface CurrentProgram {
  digest: string;
  address: string;
  scenario: string;
  variant: string;
  caseName: string;
  title: string;
}

const SQL = `
  SELECT DISTINCT ON (address)
         digest, address, scenario, variant, case_name AS "caseName", title
    FROM program
   ORDER BY address, id DESC`;

export function listCurrentPrograms(db: Queryable): Promise<CurrentProgram[]> {
  return db.query<CurrentProgram & Record<string, unknown>>(SQL);
}
