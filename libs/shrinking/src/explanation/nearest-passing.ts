/**
 * The nearest passing schedule: of all runs that end clean the one that shares most steps with the run, and of those the cheapest,
 * as costs compare; of equals the one found first, by least label. Shortest paths over (state, task that ran last) from the
 * last state of the run that can still pass.
 */
import { bundleKey, bundleOf } from '../bundle.js';
import type { CostGraph } from '../cost-graph.js';
import { EVENTS_FIRST } from '../cost-key.js';
import { Costs } from '../costs.js';
import { Heap } from '../heap.js';
import { Nodes } from '../nodes.js';
import type { Outlook } from './outlook.js';
import type { Path } from './path.js';

interface Way {
  readonly node: number;
  /** Edge by which it was reached, and from where; none for the first. */
  readonly edge: number;
  readonly from: Way | null;
}

/** @param from the last of the run's paths from which a run can end clean */
export function cheapestPassing(graph: CostGraph, from: Path, outlook: Outlook): Path | null {
  const nodes = new Nodes(graph.machine.taskCount);
  const costs = new Costs();
  const heap = new Heap();
  const ways: Way[] = [];
  const reach = (way: Way, key: number): void => {
    if (key >= costs.get(way.node)) return;
    costs.set(way.node, key);
    heap.push(key, ways.push(way) - 1);
  };
  reach({ node: nodes.of(from.state, from.last, 0), edge: -1, from: null }, 0);
  while (heap.size > 0) {
    const key = heap.least;
    const way = ways[heap.pop()];
    if (way === undefined || key > costs.get(way.node)) continue;
    const state = nodes.state(way.node);
    const last = nodes.last(way.node);
    const expansion = graph.expand(state);
    if (expansion.begin === expansion.end) return pathOf(graph, from, way);
    for (let edge = expansion.begin; edge < expansion.end; edge++) {
      const to = graph.to(state, edge);
      if (to < 0 || !outlook.passes(to)) continue;
      const label = graph.edge(edge);
      const cost = bundleKey(expansion, last, bundleOf(label, last), EVENTS_FIRST);
      reach({ node: nodes.of(to, label.task, 0), edge, from: way }, key + cost);
    }
  }
  return null;
}

function pathOf(graph: CostGraph, from: Path, way: Way): Path {
  const edges: number[] = [];
  for (let at: Way | null = way; at !== null && at.edge >= 0; at = at.from) edges.unshift(at.edge);
  let path = from;
  for (const edge of edges) path = path.along(edge, graph.edge(edge));
  return path;
}
