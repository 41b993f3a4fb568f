/**
 * Access tokens by their digest. The first must be an administrator's, and the last valid one of an administrator cannot be
 * revoked: otherwise nobody could make another. Both, and the number of tokens, are judged under a lock.
 * Raw, because Prisma takes no locks, and whether a token is valid is the database's judgement.
 */
import { MAX_ACCESS_TOKENS, type TokenScope } from '@lastref/contracts';
import type { Database, Queryable } from '../database/database.js';
import { bool, int8, oneOf, orNull, statement, text, timestamp } from '../database/statement.js';

export interface NewTokenRow {
  name: string;
  prefix: string;
  digest: string;
  scope: TokenScope;
  createdBy: string;
  days?: number | undefined;
}

export interface StoredToken {
  id: number;
  name: string;
  prefix: string;
  scope: TokenScope;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

const VALID = `revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`;

const LOCK = statement({}, `LOCK TABLE api_token IN SHARE ROW EXCLUSIVE MODE`);

const COUNTS = statement(
  { all: int8, valid: int8, admins: int8 },
  `
  SELECT count(*) AS all, count(*) FILTER (WHERE ${VALID}) AS valid,
         count(*) FILTER (WHERE ${VALID} AND scope = 'admin') AS admins
    FROM api_token`,
);

/** An expired token leaves its name to its successor. */
const FREE_NAME = statement(
  {},
  `
  UPDATE api_token SET revoked_at = now()
   WHERE name = $1 AND revoked_at IS NULL AND expires_at <= now()`,
);

const INSERT = statement(
  { id: int8 },
  `
  INSERT INTO api_token (name, prefix, digest, scope, created_by, expires_at)
  VALUES ($1, $2, $3, $4::text::token_scope, $5,
          statement_timestamp() + $6::int4 * interval '1 day')
  ON CONFLICT (name) WHERE revoked_at IS NULL DO NOTHING
  RETURNING id`,
);

const COLUMNS = {
  id: int8,
  name: text,
  prefix: text,
  scope: oneOf('read', 'write', 'admin'),
  createdBy: text,
  createdAt: timestamp,
  expiresAt: orNull(timestamp),
  lastUsedAt: orNull(timestamp),
  revokedAt: orNull(timestamp),
};

const SELECT = `
  SELECT id, name, prefix, scope::text, created_by AS "createdBy", created_at AS "createdAt",
         expires_at AS "expiresAt", last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"
    FROM api_token`;

const LIST = statement(
  COLUMNS,
  `${SELECT} WHERE $2::int8 IS NULL OR id < $2 ORDER BY id DESC LIMIT $1`,
);

const FIND = statement(COLUMNS, `${SELECT} WHERE id = $1`);

const IS_VALID_ADMIN = statement(
  { yes: bool },
  `SELECT ${VALID} AND scope = 'admin' AS yes FROM api_token WHERE id = $1`,
);

const REVOKE = statement(
  {},
  `UPDATE api_token SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1`,
);

const ANY = statement({ any: bool }, `SELECT EXISTS (SELECT 1 FROM api_token) AS any`);

const ANY_VALID = statement(
  { any: bool },
  `SELECT EXISTS (SELECT 1 FROM api_token WHERE ${VALID}) AS any`,
);

/** The new id, or why there is none. */
export function addToken(
  db: Database,
  { name, prefix, digest, scope, createdBy, days }: NewTokenRow,
): Promise<number | 'name-taken' | 'too-many' | 'first-must-be-admin'> {
  return db.transaction(async (tx) => {
    await tx.run(LOCK);
    const [counts] = await tx.run(COUNTS);
    if (counts?.admins === 0 && scope !== 'admin') return 'first-must-be-admin';
    if ((counts?.valid ?? 0) >= MAX_ACCESS_TOKENS) return 'too-many';
    await tx.run(FREE_NAME, [name]);
    const values = [name, prefix, digest, scope, createdBy, days ?? null];
    const [row] = await tx.run(INSERT, values);
    return row?.id ?? 'name-taken';
  });
}

/** Newest first, revoked ones among them. */
export function listTokens(
  db: Queryable,
  { limit, after }: { limit: number; after?: number | undefined },
): Promise<StoredToken[]> {
  return db.run(LIST, [limit, after ?? null]);
}

export async function findTokenById(db: Queryable, id: number): Promise<StoredToken | null> {
  const [row] = await db.run(FIND, [id]);
  return row ?? null;
}

export function revokeToken(
  db: Database,
  id: number,
): Promise<'revoked' | 'unknown' | 'last-admin'> {
  return db.transaction(async (tx) => {
    await tx.run(LOCK);
    const [admin] = await tx.run(IS_VALID_ADMIN, [id]);
    if (admin === undefined) return 'unknown';
    const [counts] = await tx.run(COUNTS);
    if (admin.yes && counts?.admins === 1) return 'last-admin';
    await tx.run(REVOKE, [id]);
    return 'revoked';
  });
}

/** Whether there was ever a token: from then on nobody is let in without one. */
export async function hasTokens(db: Queryable): Promise<boolean> {
  const [counts] = await db.run(ANY);
  return counts?.any === true;
}

/** Whether somebody could be let in. */
export async function hasValidToken(db: Queryable): Promise<boolean> {
  const [row] = await db.run(ANY_VALID);
  return row?.any === true;
}
