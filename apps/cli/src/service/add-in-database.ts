/** Makes an access token straight in the database, under the same rules as the service. */
import { tokenRequestSchema, type TokenRequest } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import { ok, refused, type Result } from '../outcome.js';

export interface MadeToken {
  readonly id: number;
  readonly name: string;
  readonly scope: TokenRequest['scope'];
  readonly token: string;
}

export async function addInDatabase(
  request: TokenRequest,
  url: string | undefined,
): Promise<Result<MadeToken>> {
  if (url === undefined) {
    return refused(EXIT.usage, 'set DATABASE_URL to the database of the service');
  }
  const checked = tokenRequestSchema.safeParse(request);
  if (!checked.success) {
    return refused(EXIT.usage, `the name ${checked.error.issues[0]?.message ?? 'is not valid'}`);
  }
  const { addToken, Database, newToken, storedForm } = await import('@lastref/storage');
  const token = newToken();
  const row = { ...request, createdBy: 'command line', ...storedForm(token) };
  try {
    const database = await Database.open({ url });
    try {
      const id = await addToken(database, row);
      if (typeof id === 'string') return refused(EXIT.usage, REFUSALS[id]);
      return ok({ id, name: request.name, scope: request.scope, token });
    } finally {
      await database.close();
    }
  } catch (error) {
    return refused(EXIT.environment, `the database of DATABASE_URL: ${reasonOf(error, url)}`);
  }
}

const REFUSALS = {
  'name-taken': 'there is a valid token of this name; revoke it, or take another name',
  'too-many': 'there are too many tokens; revoke one first',
  'first-must-be-admin': 'the first token must have --scope admin, or nobody could make another',
} as const;

/** A driver may quote its address, which holds a password. */
function reasonOf(error: unknown, url: string): string {
  const { message, code } = error as { message?: string; code?: string };
  const text = message === undefined || message === '' ? (code ?? 'no reason given') : message;
  const { password } = URL.canParse(url) ? new URL(url) : { password: '' };
  return password === '' ? text : text.replaceAll(password, '[redacted]');
}
