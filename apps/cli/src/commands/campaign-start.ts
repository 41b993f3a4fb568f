/** `lastref campaign start`: stores the programs with the service and starts a campaign over them. */
import { randomUUID } from 'node:crypto';
import { campaignSchema, type CampaignRequest, type CampaignStop } from '@lastref/contracts';
import { parseStop } from '@lastref/exploration';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { CAMPAIGN_SCHEDULES } from '../limits.js';
import { answer, ok, refusal, refused, type Outcome, type Result } from '../outcome.js';
import {
  compiledAll,
  isFile,
  resolveProgram,
  type NamedProgram,
} from '../programs/resolve-program.js';
import { DEFAULT_STRATEGY } from '../programs/resolve-run.js';
import { Client } from '../service/client.js';
import { pushPrograms } from '../service/push-programs.js';
import { serviceUrl } from '../service/service-url.js';
import { count, plural } from '../text/numbers.js';
import { firstRunKey, firstRunPrograms, firstRunRequest } from './first-run.js';

export interface CampaignStartOptions {
  readonly url?: string | undefined;
  readonly schedules?: number | undefined;
  readonly seed?: number | undefined;
  readonly shardSize?: number | undefined;
  /** A strategy, or the portfolio of all. */
  readonly strategy?: string | undefined;
  /** A rule to stop by before all schedules have run. */
  readonly stop?: string | undefined;
  readonly title?: string | undefined;
  readonly firstRun: boolean;
}

interface Plan {
  readonly programs: readonly NamedProgram[];
  readonly request: CampaignRequest;
  readonly key: string;
}

export async function campaignStart(
  references: readonly string[],
  options: CampaignStartOptions,
  io: Io,
): Promise<Outcome> {
  const url = serviceUrl(options.url, io.serviceUrl);
  if (!url.ok) return url.refusal;
  const plan = options.firstRun ? firstRun(references) : await planOf(references, options);
  if (!plan.ok) return plan.refusal;
  const { programs, request, key } = plan.value;
  const client = new Client(url.value, io.signal);
  const stored = await pushPrograms(client, programs);
  if (!stored.ok) return stored.refusal;
  const started = await client.json(campaignSchema, {
    method: 'POST',
    path: '/campaigns',
    body: request,
    idempotencyKey: key,
  });
  if (!started.ok) return started.refusal;
  const { id, title, state, schedules } = started.value;
  const text = [
    `campaign ${id} (${title}) is ${state}: ${plural(programs.length, 'program')}, ${count(schedules)} schedules`,
    `npx --no lastref campaign watch ${id}`,
  ];
  return answer(EXIT.ok, started.value, text.join('\n'));
}

function firstRun(references: readonly string[]): Result<Plan> {
  if (references.length > 0)
    return refused(EXIT.usage, '--first-run names its programs itself; leave out the addresses');
  const programs = firstRunPrograms();
  if (!programs.ok) return programs;
  const request = firstRunRequest(programs.value);
  return ok({ programs: programs.value, request, key: firstRunKey(request) });
}

async function planOf(
  references: readonly string[],
  options: CampaignStartOptions,
): Promise<Result<Plan>> {
  if (references.length === 0)
    return {
      ok: false,
      refusal: refusal(EXIT.usage, 'name a scenario, a variant, an address or a file'),
    };
  const stop = stopOf(options.stop);
  if (!stop.ok) return stop;
  const programs = new Map<string, NamedProgram>();
  for (const reference of references) {
    const some = await programsOf(reference);
    if (!some.ok) return some;
    for (const program of some.value) programs.set(program.digest, program);
  }
  const request: CampaignRequest = {
    title: (options.title ?? references.join(', ')).slice(0, 80),
    programs: [...programs.keys()],
    strategy: options.strategy ?? DEFAULT_STRATEGY,
    ...(stop.value === undefined ? {} : { stop: stop.value }),
    schedules: options.schedules ?? CAMPAIGN_SCHEDULES,
    seedFrom: options.seed ?? 0,
    ...(options.shardSize === undefined ? {} : { shardSize: options.shardSize }),
  };
  return ok({ programs: [...programs.values()], request, key: randomUUID() });
}

/** The rule in the words of the service. */
function stopOf(text: string | undefined): Result<CampaignStop | undefined> {
  if (text === undefined) return ok(undefined);
  const parsed = parseStop(text);
  if (!parsed.ok) return refused(EXIT.usage, `--stop: ${parsed.message}`);
  const { rule } = parsed;
  return ok(rule.kind === 'ci' ? { confidenceWidth: rule.width } : rule.kind);
}

async function programsOf(reference: string): Promise<Result<readonly NamedProgram[]>> {
  if (!isFile(reference)) return compiledAll(reference);
  const one = await resolveProgram(reference);
  return one.ok ? ok([one.value]) : one;
}
