/**
 * The canonical among the cheapest runs: nodes from which the optimum can still be met are found backwards over tight
 * edges, then the run is walked forwards by least label (optional tasks not started before started, lower task number
 * first, no fault before fault). One bug, one schedule, whatever start the search had. Of a search that its budget ended it
 * is the same among the runs that were found.
 */
import { assert } from '@lastref/kernel';
import { encodeChoice } from '@lastref/exploration';
import { MEETS_TARGET, type CostGraph, type Edge } from './cost-graph.js';
import { edgeKey, eventsOf, type Search } from './search.js';

export function canonicalSchedule(
  graph: CostGraph,
  { nodes, costs, settled, order }: Search,
  optimum: number,
  isTarget: (state: number) => boolean,
): string {
  const follow = (node: number, { to, task, fault }: Edge): number =>
    nodes.of(to, task, nodes.events(node) + (fault ? 1 : 0));
  const leadsOn = new Set<number>();
  const meets = (node: number): boolean => {
    const state = nodes.state(node);
    return costs.get(node) === optimum && (graph.expand(state).endsInTarget || isTarget(state));
  };
  const tight = (node: number, edge: Edge): boolean => {
    const key =
      costs.get(node) + edgeKey(graph.expand(nodes.state(node)), nodes.last(node), edge, order);
    if (edge.to === MEETS_TARGET) return key === optimum;
    if (edge.to < 0) return false;
    const next = follow(node, edge);
    return costs.get(next) === key && leadsOn.has(next);
  };
  for (let i = settled.length - 1; i >= 0; i--) {
    const node = settled[i] ?? 0;
    if (meets(node) || graph.expand(nodes.state(node)).edges.some((edge) => tight(node, edge)))
      leadsOn.add(node);
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
  while (!meets(node)) {
    const edge = graph.expand(nodes.state(node)).edges.find((e) => tight(node, e));
    assert(edge !== undefined, 'a node that leads on has a tight edge');
    schedule += encodeChoice(edge.task);
    if (edge.armed) schedule += encodeChoice(edge.fault ? 1 : 0);
    if (edge.to === MEETS_TARGET) break;
    node = follow(node, edge);
  }
  return schedule;
}

const startText = (starts: readonly boolean[]): string =>
  starts.map((started) => (started ? '1' : '0')).join('');
