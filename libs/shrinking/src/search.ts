/**
 * The cheapest run to the target, as a shortest path over (state, task that ran last). Every part of the cost depends only
 * on that pair and the step, so Dijkstra's algorithm is exact; steps make every edge cost something. In the order of costs
 * all nodes up to the optimum are settled, which is what the certificate says and what the tie-break needs. With
 * preemptions first, all nodes with at most c preemptions are settled before any with more.
 * A run that is known to meet the target bounds the search: what costs more is never looked at.
 */
import { EVENTS_FIRST, inOrderOfCosts, keyToCost, layerOf, type Order } from './cost-key.js';
import { MEETS_TARGET, type CostGraph, type Edge, type Expansion } from './cost-graph.js';
import { Costs } from './costs.js';
import { Heap } from './heap.js';
import { Nodes } from './nodes.js';

export interface SearchOptions {
  /** States at which the target is met by arriving (livelocks). */
  readonly isTarget: (state: number) => boolean;
  readonly maxNodes: number;
  /** Key, in the order of costs, of a run that meets the target; INFINITE if none is known. */
  readonly upper: number;
  readonly order: Order;
}

export interface Search {
  readonly order: Order;
  readonly nodes: Nodes;
  /** Key, in the search's order, of the cheapest run found; null if none. */
  readonly optimum: number | null;
  /** Key, in the search's order, below which all that could be cheaper was expanded; null if all was. */
  readonly frontier: number | null;
  /** Settled nodes in the search's order, up to and including the optimum's. */
  readonly settled: readonly number[];
  readonly costs: Costs;
  /** Nodes expanded per layer events/preemptions/switches, in the search's order. */
  readonly layers: readonly (readonly [string, number])[];
}

/** Cost of taking an edge from a state with this expansion, after `last` ran. */
export function edgeKey(from: Expansion, last: number, edge: Edge, order: Order): number {
  let key = order.step + (edge.fault ? order.event : 0);
  if (last >= 0 && last !== edge.task) {
    key += order.switch;
    if ((from.enabled & (1 << last)) !== 0 && (from.yielding & (1 << last)) === 0)
      key += order.preemption;
  }
  return key;
}

export const eventsOf = (starts: readonly boolean[]): number =>
  starts.filter((started) => started).length;

export function search(graph: CostGraph, options: SearchOptions): Search {
  const { order, upper, maxNodes, isTarget } = options;
  const lexicographic = order === EVENTS_FIRST;
  const lanes = lexicographic ? 1 : keyToCost(upper).events + 1;
  const nodes = new Nodes(graph.machine.taskCount, lanes);
  const costs = new Costs();
  const heap = new Heap();
  const settled: number[] = [];
  const layers = new Map<string, number>();
  let optimum: number | null = null;
  let bound = upper;
  let frontier: number | null = null;
  const relax = (key: number, node: number): void => {
    if (key >= costs.get(node) || inOrderOfCosts(key, order) > bound) return;
    costs.set(node, key);
    heap.push(key, node);
  };
  const meet = (key: number): void => {
    const cost = inOrderOfCosts(key, order);
    if (cost > bound || (cost === bound && optimum !== null)) return;
    bound = cost;
    optimum = key;
  };
  for (const { starts, state } of graph.starts) {
    const events = eventsOf(starts);
    relax(events * order.event, nodes.of(state, -1, events));
  }
  while (heap.size > 0) {
    const key = heap.least;
    const node = heap.pop();
    if (key !== costs.get(node)) continue;
    if (inOrderOfCosts(key, order) > bound) {
      if (lexicographic) break;
      continue;
    }
    if (settled.length >= maxNodes) {
      frontier = key;
      break;
    }
    settled.push(node);
    const state = nodes.state(node);
    const from = graph.expand(state);
    if (from.endsInTarget || isTarget(state)) {
      meet(key);
      continue;
    }
    const layer = layerOf(keyToCost(key, order));
    layers.set(layer, (layers.get(layer) ?? 0) + 1);
    const [last, events] = [nodes.last(node), nodes.events(node)];
    for (const edge of from.edges) {
      const reached = key + edgeKey(from, last, edge, order);
      if (edge.to === MEETS_TARGET) meet(reached);
      else if (edge.to >= 0)
        relax(reached, nodes.of(edge.to, edge.task, events + (edge.fault ? 1 : 0)));
    }
  }
  return { order, nodes, optimum, frontier, settled, costs, layers: [...layers] };
}
