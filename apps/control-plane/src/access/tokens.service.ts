/** Makes, shows and revokes access tokens. The token itself leaves in the answer that makes it and is kept nowhere. */
import {
  type ApiToken,
  MAX_ACCESS_TOKENS,
  type NewApiToken,
  type Page,
  type PageQuery,
  type TokenRequest,
} from '@lastref/contracts';
import {
  addToken,
  type Database,
  findTokenById,
  listTokens,
  newToken,
  revokeToken,
  storedForm,
  type StoredToken,
} from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { numberKey, readCursor } from '../http/cursor.js';
import { Problem } from '../http/problem.js';
import { toPage } from '../http/to-page.js';
import { DATABASE } from '../storage/storage.module.js';

@Injectable()
export class TokensService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async add({ name, scope, days }: TokenRequest, createdBy: string): Promise<NewApiToken> {
    const token = newToken();
    const row = { name, scope, days, createdBy, ...storedForm(token) };
    const id = await addToken(this.database, row);
    switch (id) {
      case 'name-taken':
        throw new Problem('name-taken', `there is a valid token ${name} already; revoke it first`);
      case 'too-many':
        throw new Problem('too-many', `there are ${MAX_ACCESS_TOKENS} tokens; revoke one first`);
      case 'first-must-be-admin':
        throw new Problem(
          'admin-token-needed',
          'with this token nobody could make another: make one with scope admin first',
        );
      default:
        return { ...(await this.get(id)), token };
    }
  }

  async list(query: PageQuery): Promise<Page<ApiToken>> {
    const after = readCursor(query.after, numberKey);
    const rows = await listTokens(this.database, { limit: query.limit + 1, after });
    return toPage(rows, query.limit, (row) => row.id, tokenView);
  }

  async revoke(id: number): Promise<ApiToken> {
    switch (await revokeToken(this.database, id)) {
      case 'revoked':
        return this.get(id);
      case 'unknown':
        throw new Problem('not-found', `there is no token ${id}`);
      case 'last-admin':
        throw new Problem(
          'admin-token-needed',
          'it is the last valid one with scope admin: make another first',
        );
    }
  }

  private async get(id: number): Promise<ApiToken> {
    const row = await findTokenById(this.database, id);
    if (row === null) throw new Problem('not-found', `there is no token ${id}`);
    return tokenView(row);
  }
}

function tokenView(row: StoredToken): ApiToken {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
