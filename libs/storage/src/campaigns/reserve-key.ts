/**
 * Binds an idempotency key to a request whose effect is idempotent by itself, like storing a program under
 * its digest: the key makes nothing, it only finds out when it comes again with another request.
 */
import type { Database } from '../database/database.js';
import { keepKey, type RequestKey } from './idempotency-keys.js';

const NO_RESOURCE = 0;

/** False if the key was used before for another request. */
export async function reserveKey(db: Database, key: RequestKey): Promise<boolean> {
  const result = await db.prismaTransaction((tx) =>
    keepKey(tx, key, () => Promise.resolve(NO_RESOURCE)),
  );
  return result.kind !== 'key-conflict';
}
