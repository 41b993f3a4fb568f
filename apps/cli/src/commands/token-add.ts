/**
 * `lastref token add`: makes an access token, by the service, or straight in its database. The latter is for the first token of
 * a service that others shall reach, and for whoever has lost the last one: who may write to the database may do anything.
 */
import { type NewApiToken, newTokenSchema, type TokenRequest } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { addInDatabase } from '../service/add-in-database.js';
import { Client } from '../service/client.js';
import { serviceUrl } from '../service/service-url.js';

export interface TokenAddOptions {
  readonly scope: TokenRequest['scope'];
  readonly days?: number | undefined;
  readonly database: boolean;
  readonly url?: string | undefined;
}

export async function tokenAdd(name: string, options: TokenAddOptions, io: Io): Promise<Outcome> {
  const { scope, days } = options;
  const body: TokenRequest = { name, scope, ...(days === undefined ? {} : { days }) };
  if (options.database) {
    const made = await addInDatabase(body, io.databaseUrl);
    return made.ok ? answer(EXIT.ok, made.value, made.value.token) : made.refusal;
  }
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const request = { method: 'POST', path: '/tokens', body } as const;
  const made = await client.json(newTokenSchema, request);
  if (!made.ok) return made.refusal;
  io.note(note(made.value));
  return answer(EXIT.ok, made.value, made.value.token);
}

const note = ({ id, name, scope }: NewApiToken): string =>
  `token ${id} (${name}, ${scope}): keep it, it is not shown again`;
