/**
 * Idempotency keys of creating requests. The key row is locked first (a second request with the same
 * key waits for the first transaction), and is written in the transaction that makes the resource, so
 * there is never a key without its resource or the other way round.
 */
import type { Queryable } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';

export interface RequestKey {
  /** What is created, for instance `campaigns`: keys of different kinds do not meet. */
  scope: string;
  key: string;
  /** SHA-256 of the request, 64 hex digits: the same key with another request is a conflict. */
  requestDigest: string;
}

export type KeyResult = { kind: 'created' | 'repeated'; id: number } | { kind: 'key-conflict' };

const RESERVE = `
  INSERT INTO idempotency_key (scope, key, request_digest, resource)
  VALUES ($1, $2, $3, '')
  ON CONFLICT DO NOTHING
  RETURNING key`;

const FILL = `UPDATE idempotency_key SET resource = $3 WHERE scope = $1 AND key = $2`;

const FIND = `
  SELECT request_digest AS "requestDigest", resource
    FROM idempotency_key
   WHERE scope = $1 AND key = $2`;

export async function keepKey(
  tx: Queryable,
  { scope, key, requestDigest }: RequestKey,
  create: () => Promise<number>,
): Promise<KeyResult> {
  const reserved = await tx.query(RESERVE, [scope, key, requestDigest]);
  if (reserved.length === 1) {
    const id = await create();
    await tx.query(FILL, [scope, key, String(id)]);
    return { kind: 'created', id };
  }
  const [found] = await tx.query<{ requestDigest: string; resource: string }>(FIND, [scope, key]);
  if (found?.requestDigest !== requestDigest) return { kind: 'key-conflict' };
  return { kind: 'repeated', id: safeNumber(found.resource) };
}
