/** `lastref nightly edit`, `pause`, `resume`, `remove`, and `show`: one nightly, as it then stands. */
import { nightlySchema } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, type Outcome } from '../outcome.js';
import { Client, type Request } from '../service/client.js';
import { findNightly } from '../service/find-nightly.js';
import { serviceUrl } from '../service/service-url.js';
import { nightlyText } from '../text/nightly-text.js';
import { settingsOf, type NightlyFlags } from './nightly-settings.js';

export type NightlyChange = 'show' | 'pause' | 'resume' | 'remove';

export async function nightlyChange(
  change: NightlyChange,
  which: string,
  options: { readonly url?: string | undefined },
  io: Io,
): Promise<Outcome> {
  return changed(which, options, io, (path) => requestOf(change, path));
}

export async function nightlyEdit(
  which: string,
  references: readonly string[],
  options: NightlyFlags,
  io: Io,
): Promise<Outcome> {
  const settings = settingsOf(options);
  if (!settings.ok) return settings.refusal;
  const programs = references.length === 0 ? {} : { programs: references };
  const body = { ...settings.value, ...programs };
  return changed(which, options, io, (path) => ({ method: 'PATCH', path, body }));
}

async function changed(
  which: string,
  options: { readonly url?: string | undefined },
  io: Io,
  request: (path: string) => Request,
): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  const found = await findNightly(client, which);
  if (!found.ok) return found.refusal;
  const nightly = await client.json(nightlySchema, request(`/nightlies/${found.value.id}`));
  if (!nightly.ok) return nightly.refusal;
  return answer(EXIT.ok, nightly.value, nightlyText(nightly.value));
}

function requestOf(change: NightlyChange, path: string): Request {
  switch (change) {
    case 'show':
      return { method: 'GET', path };
    case 'pause':
    case 'resume':
      return { method: 'POST', path: `${path}/${change}`, body: {} };
    case 'remove':
      return { method: 'DELETE', path, body: {} };
  }
}
