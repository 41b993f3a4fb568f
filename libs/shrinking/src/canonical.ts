/**
 * The canonical among the cheapest runs: nodes from which the optimum can still be met are found backwards over tight
 * edges, then the run is walked forwards by least label (optional tasks not started before started, lower task number
 * first, no fault before fault). One bug, one schedule, whatever start the search had. Of a search that its budget ended it
 * is the same among the runs that were found.
 */
import { assert } from '@lastref/kernel';
import { encodeChoice } from '@lastref/exploration';
import { bundleKey, bundleOf } from './bundle.js';
import { MEETS_TARGET, type CostGraph } from './cost-graph.js';
import { eventsOf, type Search } from './search.js';

/** A node that no tight edge leads to, for an edge that is not tight. */
const NOWHERE = -1;
/** The tight edge meets the target itself. */
const THERE = -2;

export function canonicalSchedule(
  graph: CostGraph,
  { nodes, costs, settled, order }: Search,
  optimum: number,
  isTarget: (state: number) => boolean,
): string {
  const leadsOn = new Set<number>();
  const meets = (node: number): boolean => {
    const state = nodes.state(node);
    return costs.get(node) === optimum && (isTarget(state) || graph.expand(state).endsInTarget);
  };
  /** The node that leads on behind an edge of a node, if the edge is tight; what costs too much is not even taken. */
  const behind = (node: number, number: number): number => {
    const state = nodes.state(node);
    const last = nodes.last(node);
    const edge = graph.edge(number);
    const key = costs.get(node) + bundleKey(graph.expand(state), last, bundleOf(edge, last), order);
    if (key > optimum) return NOWHERE;
    const to = graph.to(state, number);
    if (to === MEETS_TARGET) return key === optimum ? THERE : NOWHERE;
    if (to < 0) return NOWHERE;
    const next = nodes.of(to, edge.task, nodes.events(node) + (edge.event ? 1 : 0));
    return costs.get(next) === key && leadsOn.has(next) ? next : NOWHERE;
  };
  /** The first tight edge of a node, or -1. */
  const tight = (node: number): number => {
    const { begin, end } = graph.expand(nodes.state(node));
    for (let edge = begin; edge < end; edge++) if (behind(node, edge) !== NOWHERE) return edge;
    return -1;
  };
  for (let i = settled.length - 1; i >= 0; i--) {
    const node = settled[i] ?? 0;
    if (meets(node) || tight(node) >= 0) leadsOn.add(node);
  }
  const start = [...graph.starts]
    .sort((a, b) => startText(a.starts).localeCompare(startText(b.starts)))
    .find(({ starts, state }) => {
      const node = nodes.of(state, -1, eventsOf(starts));
      return costs.get(node) === eventsOf(starts) * order.event && leadsOn.has(node);
    });
  assert(start !== undefined, 'an optimum has a start that leads to it');
  let schedule = startText(start.starts);
  let node = nodes.of(start.state, -1, eventsOf(start.starts));
  while (node !== THERE && !meets(node)) {
    const edge = tight(node);
    assert(edge >= 0, 'a node that leads on has a tight edge');
    const { task, armed, fault } = graph.edge(edge);
    schedule += encodeChoice(task);
    if (armed) schedule += encodeChoice(fault ? 1 : 0);
    node = behind(node, edge);
  }
  return schedule;
}

const startText = (starts: readonly boolean[]): string =>
  starts.map((started) => (started ? '1' : '0')).join('');
