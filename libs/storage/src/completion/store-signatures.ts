/**
 * The ids of the signatures of a result, in the order of their texts by code unit. That order is the order in which every
 * completion takes its locks from here on, so two of them never wait for each other in a circle.
 * Raw, because it belongs to the raw transaction of a completion.
 */
import type { SignatureTotals } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { int8, statement, text } from '../database/statement.js';

export interface CountedSignature extends SignatureTotals {
  id: number;
}

const INSERT = statement(
  {},
  `
  INSERT INTO signature (text, kind, report)
  SELECT * FROM unnest($1::text[], $2::text[], $3::bool[])
  ON CONFLICT (text) DO NOTHING`,
);

const FIND = statement(
  { id: int8, text },
  `SELECT id, text FROM signature WHERE text = ANY($1::text[])`,
);

export async function storeSignatures(
  tx: Queryable,
  totals: readonly SignatureTotals[],
): Promise<CountedSignature[]> {
  const sorted = [...totals].sort((a, b) => (a.signature < b.signature ? -1 : 1));
  const texts = sorted.map((row) => row.signature);
  const found = await tx.run(FIND, [texts]);
  if (found.length < texts.length) {
    const kinds = sorted.map((row) => row.kind);
    const reports = sorted.map((row) => row.report);
    await tx.run(INSERT, [texts, kinds, reports]);
    found.push(...(await tx.run(FIND, [texts])));
  }
  const ids = new Map(found.map((row) => [row.text, row.id]));
  return sorted.map((row) => {
    const id = ids.get(row.signature);
    if (id === undefined) throw new Error(`signature ${row.signature} was not stored`);
    return { ...row, id };
  });
}
