/** The nightly that a person names, by its number or its name; one that was removed is found by its number only. */
import { nightlyPageSchema, nightlySchema, type Nightly } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import { ok, refused, type Result } from '../outcome.js';
import type { Client } from './client.js';

export async function findNightly(client: Client, which: string): Promise<Result<Nightly>> {
  if (/^[1-9]\d*$/.test(which))
    return client.json(nightlySchema, { method: 'GET', path: `/nightlies/${which}` });
  const path = `/nightlies?name=${encodeURIComponent(which)}`;
  const page = await client.json(nightlyPageSchema, { method: 'GET', path });
  if (!page.ok) return page;
  const [nightly] = page.value.items;
  return nightly === undefined
    ? refused(EXIT.usage, `there is no nightly named ${which}; nightly list shows them`)
    : ok(nightly);
}
