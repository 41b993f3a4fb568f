/**
 * Shrinks a signature of a program to its canonical minimal reproduction, with the certificate that says why nothing
 * cheaper exists. The result is replayed before it is returned: cost and signature must be what the search said.
 */
import { replay } from '@lastref/exploration';
import { assert, KINDS, type Cost, type Program, type Trace } from '@lastref/kernel';
import { canonicalSchedule } from './canonical.js';
import { CostGraph } from './cost-graph.js';
import { keyToCost } from './cost-key.js';
import { searchExact } from './exact.js';
import { livelockStates } from './livelock-states.js';
import { targetOf } from './target.js';

/** Nodes (state, last task) an exact search may settle unless told otherwise. */
export const DEFAULT_MAX_NODES = 5_000_000;

/** What is claimed of a reproduction; "minimal" is never said alone. */
export type Grade = 'minimum (proved)';

/** Why nothing cheaper exists: every node of smaller cost was expanded, and none met the signature. */
export interface Certificate {
  readonly program: string;
  readonly signature: string;
  readonly cost: Cost;
  /** [events/preemptions/switches, nodes expanded], cheapest first. */
  readonly layers: readonly (readonly [string, number])[];
  readonly nodes: number;
  readonly states: number;
}

export interface Reproduction {
  readonly signature: string;
  readonly grade: Grade;
  readonly cost: Cost;
  readonly schedule: string;
  readonly traceDigest: string;
  readonly certificate: Certificate;
}

export type ShrinkResult =
  | { readonly ok: true; readonly reproduction: Reproduction; readonly trace: Trace }
  | { readonly ok: false; readonly message: string };

export function shrink(
  program: Program,
  signature: string,
  options: { readonly maxNodes?: number } = {},
): ShrinkResult {
  const kind = signature.slice(0, Math.max(0, signature.indexOf('@')));
  if (!KINDS.some((known) => known === kind))
    return { ok: false, message: `'${signature}' is no signature: write kind@function(detail)` };
  const maxNodes = options.maxNodes ?? DEFAULT_MAX_NODES;
  const target = targetOf(signature);
  const graph = new CostGraph(program, target);
  const livelock =
    target.kind === 'livelock' ? livelockStates(graph, signature, maxNodes) : NO_STATES;
  const isTarget = (state: number): boolean => livelock?.has(state) === true;
  const search = livelock === null ? null : searchExact(graph, isTarget, maxNodes);
  if (search === null)
    return {
      ok: false,
      message: `not shrunk: more than ${maxNodes} nodes; give a larger budget or a smaller case`,
    };
  if (search.optimum === null)
    return { ok: false, message: `no run of this program has the signature ${signature}` };
  const schedule = canonicalSchedule(graph, search, search.optimum, isTarget);
  const replayed = replay(program, { schedule });
  assert(replayed.ok, 'the schedule that the search found can be replayed');
  const { trace } = replayed;
  const cost = keyToCost(search.optimum);
  assert(sameCost(trace.cost, cost), 'replay costs what the search said');
  assert(target.kind === 'livelock' || meets(trace, signature), 'replay meets the signature');
  const certificate = {
    program: trace.program,
    signature,
    cost,
    layers: search.layers,
    nodes: search.settled.length,
    states: graph.states,
  };
  return {
    ok: true,
    trace,
    reproduction: {
      signature,
      grade: 'minimum (proved)',
      cost,
      schedule,
      traceDigest: trace.digest,
      certificate,
    },
  };
}

const NO_STATES: ReadonlySet<number> = new Set();

const sameCost = (a: Cost, b: Cost): boolean =>
  a.events === b.events &&
  a.preemptions === b.preemptions &&
  a.switches === b.switches &&
  a.steps === b.steps;

const meets = (trace: Trace, signature: string): boolean =>
  trace.reports.includes(signature) ||
  (trace.verdict.outcome === 'failed' && trace.verdict.signature === signature);
