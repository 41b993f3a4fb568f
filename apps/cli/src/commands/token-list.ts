/** `lastref token list` */
import { type ApiToken, tokenPageSchema } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';
import { table } from '../text/table.js';

const HEAD = ['id', 'name', 'scope', 'begins with', 'last used', 'state'];

export async function tokenList(options: { url?: string | undefined }, io: Io): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const page = await client.json(tokenPageSchema, { method: 'GET', path: '/tokens?limit=200' });
  if (!page.ok) return page.refusal;
  const rows = page.value.items.map((token) => [
    String(token.id),
    token.name,
    token.scope,
    token.prefix,
    token.lastUsedAt ?? 'never',
    stateOf(token),
  ]);
  const text =
    rows.length === 0 ? 'no tokens: the service is open on loopback' : table([HEAD, ...rows]);
  return answer(EXIT.ok, page.value, text);
}

function stateOf({ revokedAt, expiresAt }: ApiToken): string {
  if (revokedAt !== null) return `revoked ${revokedAt}`;
  return expiresAt === null ? 'valid' : `valid until ${expiresAt}`;
}
