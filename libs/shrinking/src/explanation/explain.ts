/**
 * Explains a run that shows a signature: which of its orders and preemptions it needs, who made what was misused what it is, the step
 * at which it became certain, and the nearest run that passes. All of it is re-executed, nothing is guessed; what would take
 * more than the budget of states is said to be unknown. docs/explanations.md has the definitions.
 */
import { Pulse, replay, type Budget } from '@lastref/exploration';
import { at, BoundExceeded, type Program, type Trace } from '@lastref/kernel';
import { CostGraph } from '../cost-graph.js';
import { DEFAULT_EXPLAINED_STATES, EXPLAINED_WORDS, ORDERS_TOLD } from '../limits.js';
import { targetOf } from '../target.js';
import { orderOf, type Pair, type RunOrder } from './adjacent-pairs.js';
import { blockedOrders, type BlockedOrder } from './blocked-orders.js';
import { certaintyOf } from './certainty.js';
import { Dependence } from './dependence.js';
import { enoughFor } from './enough.js';
import { Exchange } from './exchange.js';
import type { Explanation, OrderConstraint, PreemptionNeed } from './explanation.js';
import { lastWritersOf } from './last-writers.js';
import { nearestOf } from './nearest-of.js';
import { orderedBy } from './ordered-by.js';
import { outlookOf, type Outlook } from './outlook.js';
import { Path } from './path.js';
import { recordRun, type RecordedRun } from './recorded-run.js';
import { sharedLocation, stepRef } from './words.js';

export interface ExplainOptions {
  /** States of the graph that what can still happen is told from. */
  readonly maxStates?: number | undefined;
  readonly pulse?: Budget['pulse'];
}

export type ExplainResult =
  | { readonly ok: true; readonly explanation: Explanation }
  | { readonly ok: false; readonly message: string };

/** @param schedule of a run of the program that shows the signature, or leads into it where it is a livelock */
export function explain(
  program: Program,
  schedule: string,
  signature: string,
  options: ExplainOptions = {},
): ExplainResult {
  const replayed = replay(program, { schedule });
  if (!replayed.ok) return replayed;
  const { trace } = replayed;
  const graph = new CostGraph(program, targetOf(signature), new Pulse(options.pulse));
  const run = recordRun(program, trace);
  const maxStates = Math.min(
    options.maxStates ?? DEFAULT_EXPLAINED_STATES,
    Math.floor(EXPLAINED_WORDS / graph.words),
  );
  const found = outlookOf(graph, signature, maxStates);
  const outlook = found.ok ? found.outlook : null;
  const paths = pathsOf(graph, run, outlook);
  const last = paths[paths.length - 1];
  if (last?.standing !== 'met')
    return { ok: false, message: notShown(signature, outlook === null, found) };
  const shown: RecordedRun = { ...run, steps: run.steps.slice(0, paths.length - 1) };
  const explainer = new Explainer(program, shown, trace, graph, paths, outlook);
  return {
    ok: true,
    explanation: {
      signature,
      schedule,
      orders: explainer.orders(),
      preemptions: explainer.preemptions(),
      lastWriters: lastWritersOf(shown, trace, signature, (i) => stepRef(run, trace, i)),
      certain: found.ok ? certaintyOf(paths, found.outlook) : { computed: false, why: found.why },
      nearest: nearestOf(graph, program, shown, trace, paths, outlook),
    },
  };
}

function notShown(
  signature: string,
  unknown: boolean,
  found: ReturnType<typeof outlookOf>,
): string {
  const why = unknown && !found.ok && signature.startsWith('livelock@') ? `: ${found.why}` : '';
  return `the run does not show ${signature}${why}`;
}

/** The run as paths: before its first step, and behind each. A run may meet its signature before it ends. */
function pathsOf(graph: CostGraph, run: RecordedRun, outlook: Outlook | null): Path[] {
  const isMet = (state: number): boolean => outlook?.isMet(state) ?? false;
  const paths = [Path.from(graph, run.starts, isMet)];
  for (const move of run.steps) {
    const next = paths[paths.length - 1]?.after(move);
    if (next === null || next === undefined) break;
    paths.push(next);
  }
  return paths;
}

class Explainer {
  private readonly order: RunOrder;
  private readonly exchange: Exchange;

  constructor(
    private readonly program: Program,
    private readonly run: RecordedRun,
    private readonly trace: Trace,
    graph: CostGraph,
    private readonly paths: readonly Path[],
    private readonly outlook: Outlook | null,
  ) {
    this.order = orderOf(run, new Dependence(program, run.machine.tables));
    this.exchange = new Exchange(graph, at(paths, 0), run.steps, outlook);
  }

  orders(): OrderConstraint[] {
    return [
      ...this.order.pairs.slice(0, ORDERS_TOLD).map((pair) => this.constraint(pair)),
      ...blockedOrders(this.trace)
        .filter(({ first }) => first < this.run.steps.length)
        .map((blocked) => this.waits(blocked)),
    ];
  }

  private waits(blocked: BlockedOrder): OrderConstraint {
    const { run, trace, exchange, order } = this;
    const { task, text, function: inside, lock, first } = blocked;
    const { need } = within(() => exchange.blocked(blocked, order)) ?? UNKNOWN;
    return {
      first: stepRef(run, trace, first),
      second: { n: null, task: at(trace.tasks, task), text, function: inside, does: 'waits' },
      location: lock,
      need,
      orderedBy: null,
      enough: null,
    };
  }

  private constraint(pair: Pair): OrderConstraint {
    const { run, trace, exchange, order, outlook } = this;
    const { need, behind } = within(() => exchange.order(pair, order)) ?? UNKNOWN;
    const before = need === 'fixed' ? null : (within(() => exchange.before(pair, order)) ?? null);
    return {
      first: stepRef(run, trace, pair.first),
      second: stepRef(run, trace, pair.second),
      location: sharedLocation(run, pair.first, pair.second),
      need,
      orderedBy: orderedBy(trace, pair, behind === null && need === 'fixed'),
      enough:
        need !== 'here' || before === null || outlook === null
          ? null
          : (within(() => enoughFor(this.program, before, run, pair, outlook)) ?? null),
    };
  }

  preemptions(): PreemptionNeed[] {
    const { run, trace, exchange, paths } = this;
    return trace.steps.flatMap((step, index) => {
      if (step.switch !== 'preemption' || index >= paths.length) return [];
      const { need } = within(() => exchange.preemption(index)) ?? UNKNOWN;
      const behind = stepRef(run, trace, index - 1);
      return [{ at: stepRef(run, trace, index), left: behind.task, behind, need }];
    });
  }
}

const UNKNOWN = { need: 'unknown', behind: null } as const;

/** What goes past a bound of the program has no answer. */
function within<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof BoundExceeded) return undefined;
    throw error;
  }
}
