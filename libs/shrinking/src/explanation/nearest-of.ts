/**
 * The nearest passing schedule of a run, and where the two part. Exact where the state graph is known; elsewhere one that was found by
 * leaving the run as late as possible and letting whoever runs go on.
 */
import { replay } from '@lastref/exploration';
import { at, BoundExceeded, quiesce, type Program, type Trace } from '@lastref/kernel';
import type { CostGraph } from '../cost-graph.js';
import { PASSING_STEPS, PASSING_TRIES } from '../limits.js';
import type { NearestPassing } from './explanation.js';
import { cheapestPassing } from './nearest-passing.js';
import type { Outlook } from './outlook.js';
import type { Path } from './path.js';
import type { RecordedRun } from './recorded-run.js';
import { stepRef } from './words.js';

export function nearestOf(
  graph: CostGraph,
  program: Program,
  run: RecordedRun,
  trace: Trace,
  paths: readonly Path[],
  outlook: Outlook | null,
): NearestPassing | null {
  const found = outlook === null ? tried(graph, paths, run) : exact(graph, paths, outlook);
  if (found === null) return null;
  const replayed = replay(program, { schedule: found.path.schedule });
  if (!replayed.ok) return null;
  const other = replayed.trace.steps[found.shared];
  if (other === undefined || trace.steps[found.shared] === undefined) return null;
  return {
    grade: outlook === null ? 'tried' : 'exact',
    schedule: found.path.schedule,
    cost: replayed.trace.cost,
    shared: found.shared,
    parts: stepRef(run, trace, found.shared),
    instead: { task: at(trace.tasks, other.task), text: other.text },
  };
}

interface FoundPath {
  readonly path: Path;
  readonly shared: number;
}

function exact(graph: CostGraph, paths: readonly Path[], outlook: Outlook): FoundPath | null {
  for (let shared = paths.length - 1; shared >= 0; shared--) {
    const from = at(paths, shared);
    if (from.standing !== 'open' || !outlook.passes(from.state)) continue;
    const path = cheapestPassing(graph, from, outlook);
    return path === null ? null : { path, shared };
  }
  return null;
}

/** The latest other step from which a run passes in which whoever runs goes on, else the least task. */
function tried(graph: CostGraph, paths: readonly Path[], { steps }: RecordedRun): FoundPath | null {
  let tries = 0;
  for (let shared = paths.length - 2; shared >= 0; shared--) {
    const from = at(paths, shared);
    const taken = at(steps, shared);
    const { begin, end } = graph.expand(from.state);
    for (let edge = begin; edge < end; edge++) {
      const label = graph.edge(edge);
      if (label.event || (label.task === taken.task && label.fault === taken.fault)) continue;
      if (tries++ === PASSING_TRIES) return null;
      const path = completed(graph, from, edge);
      if (path !== null) return { path, shared };
    }
  }
  return null;
}

function completed(graph: CostGraph, from: Path, edge: number): Path | null {
  try {
    let path = from.along(edge, graph.edge(edge));
    for (let n = 0; path.standing === 'open' && n < PASSING_STEPS; n++) {
      const { begin, end } = graph.expand(path.state);
      let next = begin;
      for (let e = begin; e < end; e++) {
        const { task, fault } = graph.edge(e);
        if (task === path.last && !fault) next = e;
      }
      path = path.along(next, graph.edge(next));
    }
    if (path.standing !== 'ended') return null;
    graph.restore(path.state);
    return quiesce(graph.machine) === 'clean' ? path : null;
  } catch (error) {
    if (error instanceof BoundExceeded) return null;
    throw error;
  }
}
