/**
 * Shrinks a signature of a program to its canonical minimal reproduction, with the certificate that says why nothing
 * cheaper exists. Where the program is too large for that, a failing run to start from still gives a reproduction, of a
 * lower grade. The result is replayed before it is returned: cost and signature must be what the search said.
 */
import {
  costText,
  Pulse,
  replay,
  withLoop,
  type Budget,
  type ReplayInput,
} from '@lastref/exploration';
import {
  assert,
  KINDS,
  Packer,
  type Cost,
  type Program,
  type Tables,
  type Trace,
} from '@lastref/kernel';
import { gradeOf, type Certificate, type Grade } from './certificate.js';
import { compareCosts } from './compare-costs.js';
import { CostGraph } from './cost-graph.js';
import { costToKey, EVENTS_FIRST, INFINITE } from './cost-key.js';
import { foundBelow } from './found-below.js';
import { provedBy, type Found } from './found.js';
import { DEFAULT_MAX_NODES, DEFAULT_MAX_STEPS } from './limits.js';
import { livelockStates } from './livelock-states.js';
import { search, type SearchOptions } from './search.js';
import { SeededRun } from './seeded/seeded-run.js';
import type { PassStatistics } from './seeded/statistics.js';
import { targetOf, type Target } from './target.js';

export interface Reproduction {
  readonly signature: string;
  readonly grade: Grade;
  readonly cost: Cost;
  readonly schedule: string;
  readonly traceDigest: string;
  readonly certificate: Certificate;
}

export interface ShrinkOptions {
  /** A run that shows the signature. It changes no proved minimum, but makes it cheaper to find. */
  readonly start?: ReplayInput | undefined;
  /** Nodes (state, last task) each exact search may settle. */
  readonly maxNodes?: number | undefined;
  /** Steps that the candidates of the seeded passes may execute together. */
  readonly maxSteps?: number | undefined;
  /** As of any search: called with states expanded, or with none where only runs are tried; what it throws ends the shrink. */
  readonly pulse?: Budget['pulse'];
}

export type ShrinkResult =
  | {
      readonly ok: true;
      readonly reproduction: Reproduction;
      readonly trace: Trace;
      /** What the seeded passes did; none without a run to start from. */
      readonly passes: readonly PassStatistics[];
    }
  | {
      readonly ok: false;
      readonly message: string;
      /** All runs were searched, and none has the signature. */
      readonly absent?: true;
    };

export function shrink(
  program: Program,
  signature: string,
  options: ShrinkOptions = {},
): ShrinkResult {
  const { start, maxNodes: asked = DEFAULT_MAX_NODES, maxSteps = DEFAULT_MAX_STEPS } = options;
  const pulse = new Pulse(options.pulse);
  const kind = signature.slice(0, Math.max(0, signature.indexOf('@')));
  if (!KINDS.some((known) => known === kind))
    return { ok: false, message: `'${signature}' is no signature: write kind@function(detail)` };
  const target = targetOf(signature);
  const begun =
    start === undefined ? null : SeededRun.begin(program, target, start, maxSteps, pulse);
  if (begun?.ok === false) return begun;
  const seeded = begun?.seeded;
  const graph = new CostGraph(program, target, pulse);
  const maxNodes = Math.min(asked, nodesFor(graph.machine.tables));
  const livelock = target.kind === 'livelock' ? livelockStates(graph, signature, maxNodes) : NONE;
  if (livelock === null) return { ok: false, message: tooLarge(maxNodes, 'give a larger budget') };
  const exactly: SearchOptions = {
    isTarget: (state) => livelock.has(state),
    maxNodes,
    upper: seeded === undefined ? INFINITE : costToKey(seeded.run.cost),
    order: EVENTS_FIRST,
  };
  const exact = search(graph, exactly);
  if (exact.frontier !== null) {
    if (seeded === undefined) return { ok: false, message: tooLarge(maxNodes, FROM_A_SEED) };
    const found = foundBelow(graph, seeded, exact, exactly);
    return isHonest(found) ? replayed(program, graph, target, found, seeded) : noGrade(found);
  }
  if (exact.optimum === null)
    return {
      ok: false,
      absent: true,
      message: `no run of this program has the signature ${signature}`,
    };
  const found = provedBy(graph, exact, exact.optimum, exactly.isTarget);
  return replayed(program, graph, target, found, seeded);
}

/** The reproduction, after a replay that costs and shows what was found. */
function replayed(
  program: Program,
  graph: CostGraph,
  target: Target,
  { schedule, cost, search: { layers, settled }, unproved }: Found,
  seeded: SeededRun | undefined,
): ShrinkResult {
  const result = replay(program, { schedule });
  assert(result.ok, 'the schedule that was found can be replayed');
  const { trace } = result;
  const { signature } = target;
  assert(compareCosts(trace.cost, cost) === 0, 'replay costs what was found');
  assert(target.kind === 'livelock' || meets(trace, signature), 'replay meets the signature');
  const certificate: Certificate = {
    program: trace.program,
    signature,
    cost,
    layers,
    nodes: settled.length,
    states: graph.states,
    unproved,
  };
  const grade = gradeOf(unproved);
  const reproduction = { signature, grade, cost, schedule, traceDigest: trace.digest, certificate };
  const told = target.kind === 'livelock' ? withLoop(program, trace, graph.states) : trace;
  return { ok: true, trace: told, reproduction, passes: seeded?.statistics ?? [] };
}

/** States of a whole host are wide: as many nodes as a search of others may have would not fit into memory. */
const nodesFor = ({ layout }: Tables): number =>
  new Packer(layout).words > WIDE_WORDS ? WIDE_NODES : Number.POSITIVE_INFINITY;
const WIDE_WORDS = 64;
const WIDE_NODES = 500_000;

const NONE: ReadonlySet<number> = new Set();

const FROM_A_SEED = 'give a failing seed or schedule to start from, a larger budget';

const tooLarge = (maxNodes: number, give: string): string =>
  `not shrunk: more than ${maxNodes} nodes; ${give} or a smaller case`;

/** A run that the passes had not finished with, and of which no layer is proved, has no grade. */
const isHonest = ({ unproved }: Found): boolean =>
  unproved === null || unproved.preemptions !== null || unproved.passes.fixpoint;

const noGrade = ({ schedule, cost }: Found): ShrinkResult => ({
  ok: false,
  message: `not shrunk to the end: the budget of steps ended at cost ${costText(cost)}; go on from schedule ${schedule}`,
});

const meets = (trace: Trace, signature: string): boolean =>
  trace.reports.includes(signature) ||
  (trace.verdict.outcome === 'failed' && trace.verdict.signature === signature);
