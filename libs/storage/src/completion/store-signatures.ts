/**
 * The ids of the signatures of a result, in the order of their texts by code unit. That order is the order in which every
 * completion takes its locks from here on, so two of them never wait for each other in a circle. A signature is stored whole
 * and found by the SHA-256 of its text.
 * Raw, because it belongs to the raw transaction of a completion.
 */
import type { SignatureTotals } from '@lastref/contracts';
import { createHash } from 'node:crypto';
import type { Queryable } from '../database/database.js';
import { char, int8, statement } from '../database/statement.js';

export interface CountedSignature extends SignatureTotals {
  id: number;
}

const INSERT = statement(
  {},
  `
  INSERT INTO signature (digest, text, kind, report)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bool[])
  ON CONFLICT (digest) DO NOTHING`,
);

const FIND = statement(
  { id: int8, digest: char },
  `SELECT id, digest FROM signature WHERE digest = ANY($1::bpchar[])`,
);

const digestOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

export async function storeSignatures(
  tx: Queryable,
  totals: readonly SignatureTotals[],
): Promise<CountedSignature[]> {
  const sorted = [...totals]
    .sort((a, b) => (a.signature < b.signature ? -1 : 1))
    .map((row) => ({ ...row, digest: digestOf(row.signature) }));
  const digests = sorted.map((row) => row.digest);
  const found = await tx.run(FIND, [digests]);
  if (found.length < digests.length) {
    const texts = sorted.map((row) => row.signature);
    const kinds = sorted.map((row) => row.kind);
    const reports = sorted.map((row) => row.report);
    await tx.run(INSERT, [digests, texts, kinds, reports]);
    found.push(...(await tx.run(FIND, [digests])));
  }
  const ids = new Map(found.map((row) => [row.digest, row.id]));
  return sorted.map(({ digest, ...row }) => {
    const id = ids.get(digest);
    if (id === undefined) throw new Error(`signature ${row.signature} was not stored`);
    return { ...row, id };
  });
}
