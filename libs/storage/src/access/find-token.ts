/**
 * The valid tokens that begin with these characters, to be compared with the one that was sent: by its prefix, so that the
 * comparison of the secret part is the caller's and takes the same time wherever two differ. And noting that one was used, to
 * the minute.
 * Raw, because validity is judged by the database's clock.
 */
import type { TokenScope } from '@lastref/contracts';
import type { Queryable } from '../database/database.js';
import { bool, char, int8, oneOf, statement, text } from '../database/statement.js';

const FIND = statement(
  {
    id: int8,
    name: text,
    digest: char,
    scope: oneOf('read', 'write', 'admin'),
    unnoted: bool,
  },
  `
  SELECT id, name, digest, scope::text,
         coalesce(last_used_at < now() - interval '1 minute', true) AS unnoted
    FROM api_token
   WHERE prefix = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
);

const USED = statement({}, `UPDATE api_token SET last_used_at = now() WHERE id = $1`);

export interface TokenCandidate {
  id: number;
  name: string;
  digest: string;
  scope: TokenScope;
  /** Its use has not been noted in the last minute. */
  unnoted: boolean;
}

export function findTokens(db: Queryable, prefix: string): Promise<TokenCandidate[]> {
  return db.run(FIND, [prefix]);
}

export async function noteUse(db: Queryable, id: number): Promise<void> {
  await db.run(USED, [id]);
}
