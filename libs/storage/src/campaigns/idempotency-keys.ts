/**
 * Idempotency keys of creating requests. The key row is written first (a second request with the same
 * key waits for the first transaction), and in the transaction that makes the resource, so
 * there is never a key without its resource or the other way round.
 */
import type { Store } from '../database/database.js';
import { safeNumber } from '../database/numbers.js';

export interface RequestKey {
  /** What is created, for instance `campaigns`: keys of different kinds do not meet. */
  scope: string;
  key: string;
  /** SHA-256 of the request, 64 hex digits: the same key with another request is a conflict. */
  requestDigest: string;
}

export type KeyResult = { kind: 'created' | 'repeated'; id: number } | { kind: 'key-conflict' };

export async function keepKey(
  { prisma }: Store,
  { scope, key, requestDigest }: RequestKey,
  create: () => Promise<number>,
): Promise<KeyResult> {
  const keys = prisma.idempotencyKey;
  const where = { scope_key: { scope, key } };
  const data = { scope, key, requestDigest, resource: '' };
  const { count } = await keys.createMany({ data, skipDuplicates: true });
  if (count === 1) {
    const id = await create();
    await keys.update({ where, data: { resource: String(id) } });
    return { kind: 'created', id };
  }
  const found = await keys.findUnique({ where });
  if (found?.requestDigest !== requestDigest) return { kind: 'key-conflict' };
  return { kind: 'repeated', id: safeNumber(found.resource) };
}
