/**
 * @lastref/bench: how fast the engine is beside its peers and beside itself, and what it costs to find a bug. Used by
 * `lastref bench` alone. Loaded for --help too, so what measures is loaded when it is called.
 */
import type { AgreementOptions, AgreementResult } from './agreement/agreement.js';
import type { AgainstOptions } from './against/against.js';
import type { BenchResult } from './bench.js';
import type { FindingOptions, FindingResult } from './finding/finding.js';
import type { FirstFailureOptions, FirstFailureTable } from './first-failure/first-failure.js';
import type { PartName } from './parts.js';
import type { CampaignOptions, CampaignMeasurement } from './service/measure.js';
import type { ReplaysOptions, ReplayTimes } from './service/replays.js';
import type { Refusal } from './refusal.js';
import type { BugComparison, ComparisonOptions } from './shrinking/comparison.js';
import type { HostTimes } from './shrinking/whole-host.js';
import type { Surroundings } from './surroundings.js';

export { cellsOf } from './rounds/cells.js';
export { PARTS, type PartName } from './parts.js';
export { isRefusal, type Refusal } from './refusal.js';
export { ENGINE_ROWS, type EngineRowName } from './against/names.js';
export type { Row } from './rounds/row.js';
export type { Surroundings } from './surroundings.js';
export type { AgreementOptions, AgreementResult, AgainstOptions, BenchResult };
export type { BugComparison, ComparisonOptions, HostTimes };
export type { FindingOptions, FindingResult };
export type { ReplaysOptions, ReplayTimes };
export type { CampaignMeasurement, CampaignOptions, FirstFailureOptions, FirstFailureTable };

/** Rows of the parts named, all if none is. */
export async function measureParts(
  names: readonly PartName[],
  options: { readonly quick: boolean },
  surroundings: Surroundings,
): Promise<BenchResult> {
  return (await import('./bench.js')).bench(names, options, surroundings);
}

/** Rows of this build of the engine beside another one. */
export async function measureAgainst(
  options: AgainstOptions,
  surroundings: Surroundings,
): Promise<BenchResult | Refusal> {
  return (await import('./against/against.js')).against(options, surroundings);
}

/** Whether the drivers agree on many seeds of every program. */
export async function measureAgreement(
  options: AgreementOptions,
  surroundings: Surroundings,
): Promise<AgreementResult | Refusal> {
  return (await import('./agreement/agreement.js')).agreement(options, surroundings);
}

/** Schedules to the first failure of each bug, per strategy. */
export async function measureFirstFailures(
  options: FirstFailureOptions,
  surroundings: Surroundings,
): Promise<readonly FirstFailureTable[] | Refusal> {
  return (await import('./first-failure/first-failure.js')).firstFailures(options, surroundings);
}

/** Our shrinker beside those of the literature, per bug. */
export async function measureShrinkers(
  options: ComparisonOptions,
  surroundings: Surroundings,
): Promise<readonly BugComparison[] | Refusal> {
  return (await import('./shrinking/comparison.js')).comparison(options, surroundings);
}

/** How long the largest host takes to shrink. @param failures of each choice of seeds */
export async function measureHost(
  failures: number,
  surroundings: Surroundings,
): Promise<readonly HostTimes[]> {
  return (await import('./shrinking/whole-host.js')).wholeHost(failures, surroundings);
}

/** The same of the literature's programs, beside what others published of them. */
export async function measureFinding(
  options: FindingOptions,
  surroundings: Surroundings,
): Promise<FindingResult | Refusal> {
  return (await import('./finding/finding.js')).finding(options, surroundings);
}

/** A finding as tables. */
export async function findingTables(result: FindingResult): Promise<readonly FirstFailureTable[]> {
  return (await import('./finding/tables.js')).tablesOf(result);
}

/** What the service costs, by campaigns of a service of its own. */
export async function measureCampaign(
  options: CampaignOptions,
  surroundings: Surroundings,
): Promise<CampaignMeasurement | Refusal> {
  return (await import('./service/measure.js')).measureCampaign(options, surroundings);
}

/** How long replays take through a service of its own, with several clients at once. */
export async function measureReplays(
  options: ReplaysOptions,
  surroundings: Surroundings,
): Promise<readonly ReplayTimes[] | Refusal> {
  return (await import('./service/replays.js')).measureReplays(options, surroundings);
}
