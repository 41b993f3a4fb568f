/** @lastref/exploration: strategies, sampling, exhaustive search, replay. Pure; imports only the kernel. */
export { grown, GrowingInts } from './growing.js';
export { allocate, FIRST_ROUND } from './portfolio/allocate.js';
export { matchesBug, parseBug, type Bug } from './portfolio/bug.js';
export {
  planOf,
  PORTFOLIO,
  PORTFOLIO_SHARES,
  type Allocation,
  type Plan,
  type Round,
  type Share,
} from './portfolio/plan.js';
export { parseStop, type ParsedStop, type StopRule } from './portfolio/stop-rule.js';
export { firstFailures, stopReason, type FirstFailure } from './portfolio/stop.js';
export { wilson, type Interval } from './portfolio/wilson.js';
export { probabilityAlong, type ProbabilityAlong } from './probability/along.js';
export {
  exactProbabilities,
  type ExactProbabilities,
  type ProbabilityResult,
  type SignatureProbability,
} from './probability/exact.js';
export { addLanes, addSeed, laneKeys, type Lanes } from './sampling/lanes.js';
export { ledgerDigest, type LedgerEntry } from './sampling/ledger.js';
export { Runner, type ChoiceListener, type RunEnd } from './sampling/runner.js';
export {
  Sampler,
  SIGNATURES_MAX,
  TooManySignatures,
  type SamplerOptions,
} from './sampling/sampler.js';
export { countsOf, failureBound, type Counted, type RunCounts } from './sampling/run-counts.js';
export {
  mergeTotals,
  NO_TOTALS,
  type BatchTotals,
  type SignatureTotals,
} from './sampling/totals.js';
export { Pulse, type Budget } from './search/budget.js';
export { StateGraph, type GraphVisitor, type StartState } from './search/graph.js';
export { judgeEndless, type Endless } from './search/endless.js';
export { examineCut, type CutMeans, type CutRun, type ExaminedRun } from './search/examine.js';
export { bottomComponents, loopHeads } from './search/livelock.js';
export { withLoop } from './search/loop-of.js';
export { ORDERED_MAX } from './search/orders/order-sets.js';
export {
  orders,
  type Endings,
  type OrderRow,
  type OrdersOptions,
  type OrdersResult,
  type OrderTable,
} from './search/orders/orders.js';
export { DEFAULT_MAX_STATES, prove, type ProveOptions, type SearchResult } from './search/prove.js';
export { surroundings, type SurroundingsOptions } from './search/surroundings.js';
export { StateStore } from './search/state-store.js';
export type { Unexecuted } from './search/unexecuted.js';
export { boundText, rateText } from './strategies/bound.js';
export {
  parseStrategyName,
  STRATEGIES,
  strategyByName,
  type FoundStrategy,
} from './strategies/index.js';
export { RandomWalk } from './strategies/random-walk.js';
export type { Strategy } from './strategies/strategy.js';
export { addStep, costText, NO_COST, NONE, switchKind } from './replay/cost.js';
export { stepText } from './replay/op-text.js';
export { replay, type ReplayInput, type ReplayResult } from './replay/replay.js';
export { runContext } from './replay/run-context.js';
export { decodeChoice, encodeChoice } from './replay/schedule.js';
export { Stepper } from './stepping/stepper.js';
export type { PlaceOf } from './stepping/task-states.js';
export {
  framesOf,
  functionOf,
  isStepped,
  steppedFunctions,
  WayPoints,
  type Stops,
} from './stepping/way-points.js';
