/** Access tokens for specs, made straight in the database; the first must be an administrator's, as everywhere. */
import type { TokenScope } from '@lastref/contracts';
import { addToken, type Database, newToken, storedForm } from '@lastref/storage';

export async function sampleToken(
  db: Database,
  scope: TokenScope,
  name: string = scope,
): Promise<{ id: number; token: string }> {
  const token = newToken();
  const id = await addToken(db, { name, scope, createdBy: 'a spec', ...storedForm(token) });
  if (typeof id === 'string') throw new Error(id);
  return { id, token };
}

/** What supertest's `set` takes. */
export const bearer = (token: string): { authorization: string } => ({
  authorization: `Bearer ${token}`,
});
