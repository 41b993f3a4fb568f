/**
 * What can still come of a state, by the whole state graph: whether a run from it can meet the signature, end clean, or get by without
 * meeting it or without failing at all. Runs that end are what counts, and runs that can never end; a run that could end and goes
 * round for ever only because nobody lets it end is no way out.
 */
import { BoundExceeded, quiesce } from '@lastref/kernel';
import { bottomComponents, judgeEndless, loopHeads } from '@lastref/exploration';
import { DEAD_END, MEETS_TARGET, type CostGraph } from '../cost-graph.js';

export interface Outlook {
  readonly states: number;
  /** Some run from the state meets the signature. */
  meets(state: number): boolean;
  /** Some run from it ends clean. */
  passes(state: number): boolean;
  /** Some run from it does not meet the signature. */
  avoids(state: number): boolean;
  /** Some run from it does not fail. */
  survives(state: number): boolean;
  /** The signature is met by arriving at the state, or by ending there. */
  isMet(state: number): boolean;
}

export type OutlookResult =
  | { readonly ok: true; readonly outlook: Outlook }
  /** `states`: more than that many, or a bound of the program itself. */
  | { readonly ok: false; readonly why: string };

/** @param signature what the graph's target is; @param maxStates the graph may have */
export function outlookOf(graph: CostGraph, signature: string, maxStates: number): OutlookResult {
  try {
    return expandAll(graph, signature, maxStates);
  } catch (error) {
    if (error instanceof BoundExceeded) return { ok: false, why: error.message };
    throw error;
  }
}

/** Where runs end or can never end, of all states. */
interface Ends {
  readonly met: Set<number>;
  readonly clean: number[];
  /** Without any failure, clean or not. */
  readonly unfailed: number[];
  /** With a failure that is not the one. */
  readonly others: number[];
}

function expandAll(graph: CostGraph, signature: string, maxStates: number): OutlookResult {
  const offsets: number[] = [];
  const targets: number[] = [];
  const leaves = new Set<number>();
  const meeting: number[] = [];
  const ends: Ends = { met: new Set(), clean: [], unfailed: [], others: [] };
  for (let state = 0; state < graph.states; state++) {
    if (graph.states > maxStates) return { ok: false, why: `more than ${maxStates} states` };
    offsets.push(targets.length);
    const { begin, end, endsInTarget } = graph.expand(state);
    if (endsInTarget) ends.met.add(state);
    if (begin === end || endsInTarget) leaves.add(state);
    if (begin === end && !endsInTarget) noteEnd(graph, state, ends);
    if (endsInTarget) continue;
    for (let edge = begin; edge < end; edge++) {
      const to = graph.to(state, edge);
      if (to >= 0) targets.push(to);
      else leaves.add(state);
      if (to === MEETS_TARGET) meeting.push(state);
      if (to === DEAD_END) ends.others.push(state);
    }
  }
  offsets.push(targets.length);
  noteEndless(graph, signature, { offsets, targets, leaves }, ends);
  const before = predecessors(offsets, targets, graph.states);
  const from = (seeds: Iterable<number>): ((state: number) => boolean) => {
    const reached = backwards(before, seeds, graph.states, ends.met);
    return (state) => reached[state] === 1;
  };
  const outlook: Outlook = {
    states: graph.states,
    meets: from([...meeting, ...ends.met]),
    passes: from(ends.clean),
    avoids: from([...ends.unfailed, ...ends.others]),
    survives: from(ends.unfailed),
    isMet: (state) => ends.met.has(state),
  };
  return { ok: true, outlook };
}

function noteEnd(graph: CostGraph, state: number, { clean, unfailed, others }: Ends): void {
  graph.restore(state);
  switch (quiesce(graph.machine)) {
    case 'failed':
      others.push(state);
      return;
    case 'clean':
      clean.push(state);
      unfailed.push(state);
      return;
    case 'outside':
      unfailed.push(state);
  }
}

/** Components that no run can leave: livelocks are failures, pollers and what an order holds up are none. */
function noteEndless(
  graph: CostGraph,
  signature: string,
  successors: Parameters<typeof bottomComponents>[0],
  { met, unfailed, others }: Ends,
): void {
  const heads = loopHeads(graph.program);
  const restore = (state: number): void => {
    graph.restore(state);
  };
  for (const members of bottomComponents(successors, graph.states)) {
    const endless = judgeEndless(graph.machine, members, heads, restore);
    if (endless.kind !== 'livelock') unfailed.push(...members);
    else if (endless.signature === signature) for (const state of members) met.add(state);
    else others.push(...members);
  }
}

interface Predecessors {
  readonly offsets: Int32Array;
  readonly of: Int32Array;
}

function predecessors(
  offsets: readonly number[],
  targets: readonly number[],
  count: number,
): Predecessors {
  const first = new Int32Array(count + 2);
  for (const to of targets) first[to + 2] = (first[to + 2] ?? 0) + 1;
  for (let i = 1; i < first.length; i++) first[i] = (first[i] ?? 0) + (first[i - 1] ?? 0);
  const of = new Int32Array(targets.length);
  for (let state = 0; state < count; state++)
    for (let e = offsets[state] ?? 0; e < (offsets[state + 1] ?? 0); e++) {
      const slot = (targets[e] ?? 0) + 1;
      of[first[slot] ?? 0] = state;
      first[slot] = (first[slot] ?? 0) + 1;
    }
  return { offsets: first, of };
}

/** All states from which a seed can be reached; a run is over where the signature is met. */
function backwards(
  { offsets, of }: Predecessors,
  seeds: Iterable<number>,
  count: number,
  over: ReadonlySet<number>,
): Uint8Array {
  const reached = new Uint8Array(count);
  const stack: number[] = [];
  const reach = (state: number): void => {
    if (reached[state] === 1) return;
    reached[state] = 1;
    stack.push(state);
  };
  for (const seed of seeds) reach(seed);
  for (let state = stack.pop(); state !== undefined; state = stack.pop())
    for (let e = offsets[state] ?? 0; e < (offsets[state + 1] ?? 0); e++) {
      const before = of[e] ?? 0;
      if (!over.has(before)) reach(before);
    }
  return reached;
}
