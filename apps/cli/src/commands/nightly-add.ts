/** `lastref nightly add`: stores the programs with the service and sets up a campaign over them that starts every night. */
import { randomUUID } from 'node:crypto';
import { nightlySchema, type Nightly } from '@lastref/contracts';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { CAMPAIGN_SCHEDULES } from '../limits.js';
import { answer, refusal, type Outcome, type Result } from '../outcome.js';
import {
  brokenLine,
  compiledCases,
  splitCases,
  type CompiledCase,
  type NamedProgram,
  type Unanswered,
} from '../programs/resolve-program.js';
import { Client } from '../service/client.js';
import { pushPrograms } from '../service/push-programs.js';
import { serviceUrl } from '../service/service-url.js';
import { nightlyText } from '../text/nightly-text.js';
import { FIRST_NIGHT_KEY, firstNightAddresses, firstNightRequest } from './first-night.js';
import { settingsOf, type NightlyFlags } from './nightly-settings.js';

export interface NightlyAddOptions extends NightlyFlags {
  readonly firstNight: boolean;
}

/** The key made one of another version or zone, or a person has made one of its name. */
const SET_UP: ReadonlySet<string> = new Set(['idempotency-conflict', 'name-taken']);

const NOTHING_STORED = 'unknown-program';

const EVERY_NIGHT = '0 2 * * *';

export async function nightlyAdd(
  references: readonly string[],
  options: NightlyAddOptions,
  io: Io,
): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const client = new Client(url.value, io);
  if (options.firstNight) return firstNight(client, references);
  const { name = references[0]?.replaceAll('/', '-') } = options;
  if (name === undefined) return refusal(EXIT.usage, 'name a scenario, a variant or an address');
  const settings = settingsOf({
    schedules: CAMPAIGN_SCHEDULES,
    cron: EVERY_NIGHT,
    ...options,
    name,
  });
  if (!settings.ok) return settings.refusal;
  const stored = await pushUnder(client, references);
  if (!stored.ok) return stored.refusal;
  const { shardSize, ...others } = settings.value;
  const size = shardSize === null ? {} : { shardSize };
  const body = { zone: localZone(), ...others, ...size, programs: references };
  const made = await create(client, body, randomUUID());
  return made.ok ? told(made.value, stored.value) : made.refusal;
}

const localZone = (): string => new Intl.DateTimeFormat('en').resolvedOptions().timeZone;

const create = (client: Client, body: object, idempotencyKey: string): Promise<Result<Nightly>> =>
  client.json(nightlySchema, { method: 'POST', path: '/nightlies', body, idempotencyKey });

/**
 * Sets it up first where the service holds something of every scenario already, so that tonight's run stands at once; then
 * stores every program, each time: after an upgrade the coming nights run the new ones.
 */
async function firstNight(client: Client, references: readonly string[]): Promise<Outcome> {
  if (references.length > 0)
    return refusal(EXIT.usage, '--first-night names its programs itself; leave them out');
  const early = await create(client, firstNightRequest(), FIRST_NIGHT_KEY);
  if (!early.ok && !SET_UP.has(early.refusal.slug ?? '') && early.refusal.slug !== NOTHING_STORED)
    return early.refusal;
  const broken: Unanswered[] = [];
  for (const address of firstNightAddresses()) {
    const stored = await pushUnder(client, [address]);
    if (!stored.ok) return stored.refusal;
    broken.push(...stored.value);
  }
  const made = early.ok ? early : await create(client, firstNightRequest(), FIRST_NIGHT_KEY);
  if (made.ok) return told(made.value, broken);
  if (!SET_UP.has(made.refusal.slug ?? '')) return made.refusal;
  const text = 'the first nightly was set up before, or its name is taken';
  return answer(EXIT.ok, { nightly: null }, text);
}

function told(nightly: Nightly, broken: readonly Unanswered[]): Outcome {
  const text = [
    nightlyText(nightly),
    `npx --no lastref nightly history ${nightly.name}`,
    ...broken.map(brokenLine),
  ];
  const exit = broken.length === 0 ? EXIT.ok : EXIT.failed;
  return answer(exit, { ...nightly, broken }, text.join('\n'));
}

/** The programs that come with Lastref; under other names the service may hold some of its own, and says if not. */
async function pushUnder(
  client: Client,
  references: readonly string[],
): Promise<Result<readonly Unanswered[]>> {
  const cases = references.flatMap((reference): readonly CompiledCase[] => {
    const found = compiledCases(reference);
    return found.ok ? found.value : [];
  });
  const { programs, broken } = splitCases(cases);
  const once = new Map<string, NamedProgram>(programs.map((one) => [one.digest, one]));
  const pushed = await pushPrograms(client, [...once.values()]);
  return pushed.ok ? { ok: true, value: broken } : pushed;
}
