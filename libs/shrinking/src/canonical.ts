/**
 * The canonical among the cheapest runs: nodes from which the optimum can still be met are found backwards over tight
 * edges, then the run is walked forwards by least label (optional tasks not started before started, lower task number
 * first, no fault before fault). One bug, one schedule, whatever search found it.
 */
import { assert } from '@lastref/kernel';
import { encodeChoice } from '@lastref/exploration';
import { MEETS_TARGET, type CostGraph, type Edge } from './cost-graph.js';
import { edgeKey, Nodes, startKey, type ExactSearch } from './exact.js';

export function canonicalSchedule(
  graph: CostGraph,
  search: ExactSearch,
  optimum: number,
  isTarget: (state: number) => boolean,
): string {
  const nodes = new Nodes(graph.machine.taskCount);
  const leadsOn = new Set<number>();
  const meets = (node: number): boolean => {
    const state = nodes.state(node);
    return (
      search.costs.get(node) === optimum && (graph.expand(state).endsInTarget || isTarget(state))
    );
  };
  const tight = (node: number, edge: Edge): boolean => {
    const key =
      search.costs.get(node) + edgeKey(graph.expand(nodes.state(node)), nodes.last(node), edge);
    if (edge.to === MEETS_TARGET) return key === optimum;
    if (edge.to < 0) return false;
    const next = nodes.of(edge.to, edge.task);
    return search.costs.get(next) === key && leadsOn.has(next);
  };
  for (let i = search.settled.length - 1; i >= 0; i--) {
    const node = search.settled[i] ?? 0;
    if (meets(node) || graph.expand(nodes.state(node)).edges.some((edge) => tight(node, edge)))
      leadsOn.add(node);
  }
  const start = [...graph.starts]
    .sort((a, b) => startText(a.starts).localeCompare(startText(b.starts)))
    .find(({ starts, state }) => {
      const node = nodes.of(state, -1);
      return search.costs.get(node) === startKey(starts) && leadsOn.has(node);
    });
  assert(start !== undefined, 'an optimum has a start that leads to it');
  let schedule = startText(start.starts);
  let node = nodes.of(start.state, -1);
  while (!meets(node)) {
    const edge = graph.expand(nodes.state(node)).edges.find((e) => tight(node, e));
    assert(edge !== undefined, 'a node that leads on has a tight edge');
    schedule += encodeChoice(edge.task);
    if (edge.armed) schedule += encodeChoice(edge.fault ? 1 : 0);
    if (edge.to === MEETS_TARGET) break;
    node = nodes.of(edge.to, edge.task);
  }
  return schedule;
}

const startText = (starts: readonly boolean[]): string =>
  starts.map((started) => (started ? '1' : '0')).join('');
