/**
 * The campaign a new installation starts with: of every system the bugs beside their mended twins, so that there is
 * something to see. Its idempotency key follows from its content, so that asking again makes no second one.
 */
import type { CampaignRequest } from '@lastref/contracts';
import { canonicalJson, sha256Hex } from '@lastref/kernel';
import { parseExpect } from '@lastref/judging';
import { catalogue, expectationsOf, SCENARIOS, type Expectation } from '@lastref/scenarios';
import { FIRST_RUN_SCHEDULES } from '../limits.js';
import { ok, type Result } from '../outcome.js';
import { compiled, type NamedProgram } from '../programs/resolve-program.js';
import { DEFAULT_STRATEGY } from '../programs/resolve-run.js';

const fails = ({ expect }: Expectation): boolean => parseExpect(expect).kind === 'failures';

/** What fails in `buggy`, and the cases of the same names that are clean in `fixed`. */
function addressesOfSystem(name: string): string[] {
  const rows = expectationsOf(name);
  const bugs = rows.filter((row) => row.variant === 'buggy' && fails(row));
  const twins = rows.filter(
    (row) =>
      row.variant === 'fixed' &&
      row.expect === 'clean' &&
      bugs.some((bug) => bug.case === row.case),
  );
  return [...bugs, ...twins].map((row) => `${name}/${row.variant}/${row.case}`);
}

/** Shards are dealt in this order: the first of every system, then the second, so that none is late to show a bug. */
export function firstRunAddresses(): string[] {
  const systems = [...new Set(SCENARIOS.map(({ name }) => name))].map(addressesOfSystem);
  const turns = Math.max(...systems.map((addresses) => addresses.length));
  const ofSystems = Array.from({ length: turns }, (_, turn) =>
    systems.flatMap((addresses) => addresses.slice(turn, turn + 1)),
  ).flat();
  return [...ofSystems, ...smallestHosts()];
}

/** Of each host the first case of `buggy`, last: its schedules take longest, and nothing is expected of it but to show bugs. */
const smallestHosts = (): string[] =>
  [...new Set(SCENARIOS.map(({ name }) => name))].flatMap((name) =>
    catalogue()
      .filter(({ scenario, variant, host }) => scenario === name && variant === 'buggy' && host)
      .slice(0, 1)
      .map((row) => `${name}/${row.variant}/${row.case}`),
  );

export function firstRunPrograms(): Result<readonly NamedProgram[]> {
  const programs: NamedProgram[] = [];
  for (const address of firstRunAddresses()) {
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
