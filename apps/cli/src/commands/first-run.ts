/**
 * The campaign a new installation starts with: the bugs beside their mended twins, so that there is something to see. Its
 * idempotency key follows from its content, so that asking again makes no second one.
 */
import type { CampaignRequest } from '@lastref/contracts';
import { canonicalJson, sha256Hex } from '@lastref/kernel';
import { FIRST_RUN_SCHEDULES } from '../limits.js';
import { ok, type Result } from '../outcome.js';
import { compiled, type NamedProgram } from '../programs/resolve-program.js';
import { DEFAULT_STRATEGY } from '../programs/resolve-run.js';

const ADDRESSES = ['nbd/buggy/main', 'nbd/buggy/last-close', 'nbd/fixed/disconnect-against-open'];

export function firstRunPrograms(): Result<readonly NamedProgram[]> {
  const programs: NamedProgram[] = [];
  for (const address of ADDRESSES) {
    const one = compiled(address);
    if (!one.ok) return one;
    programs.push(one.value);
  }
  return ok(programs);
}

export const firstRunRequest = (programs: readonly NamedProgram[]): CampaignRequest => ({
  title: 'first campaign',
  programs: programs.map(({ digest }) => digest),
  strategy: DEFAULT_STRATEGY,
  schedules: FIRST_RUN_SCHEDULES,
  seedFrom: 0,
});

export const firstRunKey = (request: CampaignRequest): string =>
  `first-run-${sha256Hex(canonicalJson(request))}`;
