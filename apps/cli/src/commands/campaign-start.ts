/** `lastref campaign start`: stores the programs with the service and starts a campaign over them. */
import { randomUUID } from 'node:crypto';
import {
  campaignSchema,
  MAX_CAMPAIGN_SCHEDULES,
  type CampaignRequest,
  type CampaignStop,
} from '@lastref/contracts';
import { parseStop, type StopRule } from '@lastref/exploration';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { CAMPAIGN_SCHEDULES } from '../limits.js';
import { answer, ok, refusal, refused, type Outcome, type Result } from '../outcome.js';
import {
  brokenLine,
  compiledCases,
  isFile,
  resolveProgram,
  splitCases,
  type CompiledCase,
  type NamedProgram,
  type Unanswered,
} from '../programs/resolve-program.js';
import { DEFAULT_STRATEGY } from '../programs/resolve-run.js';
import { Client } from '../service/client.js';
import { pushPrograms } from '../service/push-programs.js';
import { serviceUrl } from '../service/service-url.js';
import { count, plural } from '../text/numbers.js';
import { expectedBugs } from '../verdicts/expected-bugs.js';
import { firstRunProofs } from './first-run-proofs.js';
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
  /** Cases that were named and do not compile: the campaign is one of the others. */
  readonly broken: readonly Unanswered[];
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
  const { programs, broken, request, key } = plan.value;
  const client = new Client(url.value, io);
  const stored = await pushPrograms(client, programs);
  if (!stored.ok) return stored.refusal;
  const started = await client.json(campaignSchema, {
    method: 'POST',
    path: '/campaigns',
    body: request,
    idempotencyKey: key,
  });
  if (!started.ok) return started.refusal;
  const proofs = options.firstRun ? await firstRunProofs(client, programs) : null;
  if (proofs?.ok === false) io.note(`proofs were not asked for: ${proofs.refusal.message}`);
  const { id, title, state, stop, schedules } = started.value;
  const text = [
    `campaign ${id} (${title}) is ${state}: ${plural(programs.length, 'program')}, ${stop === 'count' ? '' : 'at most '}${count(schedules)} schedules`,
    `npx --no lastref campaign watch ${id}`,
    ...broken.map(brokenLine),
  ];
  const exit = broken.length === 0 ? EXIT.ok : EXIT.failed;
  return answer(exit, { ...started.value, broken }, text.join('\n'));
}

function firstRun(references: readonly string[]): Result<Plan> {
  if (references.length > 0)
    return refused(EXIT.usage, '--first-run names its programs itself; leave out the addresses');
  const programs = firstRunPrograms();
  if (!programs.ok) return programs;
  const request = firstRunRequest(programs.value);
  return ok({ programs: programs.value, broken: [], request, key: firstRunKey(request) });
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
  const rule = options.stop === undefined ? null : parseStop(options.stop);
  if (rule?.ok === false) return refused(EXIT.usage, `--stop: ${rule.message}`);
  const cases: CompiledCase[] = [];
  for (const reference of references) {
    const some = await casesOf(reference);
    if (!some.ok) return some;
    cases.push(...some.value);
  }
  const { programs: compiled, broken } = splitCases(cases);
  const [first] = broken;
  if (compiled.length === 0 && first !== undefined) return refused(EXIT.usage, brokenLine(first));
  const programs = new Map(compiled.map((program) => [program.digest, program]));
  const request: CampaignRequest = {
    title: (options.title ?? references.join(', ')).slice(0, 80),
    programs: [...programs.keys()],
    strategy: options.strategy ?? DEFAULT_STRATEGY,
    ...(rule === null ? {} : { stop: stopOf(rule.rule, [...programs.values()]) }),
    schedules: options.schedules ?? unasked(rule?.rule),
    seedFrom: options.seed ?? 0,
    ...(options.shardSize === undefined ? {} : { shardSize: options.shardSize }),
  };
  return ok({ programs: [...programs.values()], broken, request, key: randomUUID() });
}

/** A time to stop by alone sets no number of schedules. */
const unasked = (rule: StopRule | undefined): number =>
  rule?.kind === 'time' ? MAX_CAMPAIGN_SCHEDULES : CAMPAIGN_SCHEDULES;

/** The rule in the words of the service, with the bugs that are expected of each program. */
function stopOf(rule: StopRule, programs: readonly NamedProgram[]): CampaignStop {
  switch (rule.kind) {
    case 'count':
      return 'count';
    case 'ci':
      return { confidenceWidth: rule.width };
    case 'time':
      return { elapsedMs: rule.ms };
    case 'first-failure': {
      const firstFailureOf = programs.flatMap(({ address, digest }) => {
        const bugs = expectedBugs(address).map(({ text }) => text);
        return bugs.length === 0 ? [] : [{ program: digest, bugs }];
      });
      return firstFailureOf.length === 0 ? 'first-failure' : { firstFailureOf };
    }
  }
}

async function casesOf(reference: string): Promise<Result<readonly CompiledCase[]>> {
  if (!isFile(reference)) return compiledCases(reference);
  const result = await resolveProgram(reference);
  return result.ok ? ok([{ address: result.value.address, result }]) : result;
}
