/**
 * Exact shrinking: the cheapest run to the target, as a shortest path over (state, task that ran last). Every part of the
 * cost depends only on that pair and the step, so Dijkstra's algorithm is exact; steps make every edge cost something.
 * All nodes up to the optimum are settled, which is what the certificate says and what the tie-break needs.
 */
import { INFINITE, EVENT, layerOf, PREEMPTION, STEP, SWITCH } from './cost-key.js';
import { MEETS_TARGET, type CostGraph, type Edge, type Expansion } from './cost-graph.js';
import { Heap } from './heap.js';

export interface ExactSearch {
  /** Cost key of the optimum, or null if the target is unreachable. */
  readonly optimum: number | null;
  /** Settled nodes in order of cost, up to and including the optimum's. */
  readonly settled: readonly number[];
  readonly costs: Costs;
  /** Nodes expanded per layer events/preemptions/switches, cheapest first. */
  readonly layers: readonly (readonly [string, number])[];
}

/** Cheapest cost key per node, growing with the graph. */
export class Costs {
  private keys = new Float64Array(1024).fill(INFINITE);

  get(node: number): number {
    return this.keys[node] ?? INFINITE;
  }

  set(node: number, key: number): void {
    if (node >= this.keys.length) {
      const grown = new Float64Array(Math.max(node + 1, this.keys.length * 2)).fill(INFINITE);
      grown.set(this.keys);
      this.keys = grown;
    }
    this.keys[node] = key;
  }
}

/** Nodes number (state, last task), last -1 meaning none. */
export class Nodes {
  private readonly width: number;

  constructor(taskCount: number) {
    this.width = taskCount + 1;
  }

  of(state: number, last: number): number {
    return state * this.width + last + 1;
  }

  state(node: number): number {
    return Math.floor(node / this.width);
  }

  last(node: number): number {
    return (node % this.width) - 1;
  }
}

/** Cost of taking an edge from a state with this expansion, after `last` ran. */
export function edgeKey(from: Expansion, last: number, edge: Edge): number {
  let key = STEP + (edge.fault ? EVENT : 0);
  if (last >= 0 && last !== edge.task) {
    key += SWITCH;
    if ((from.enabled & (1 << last)) !== 0 && (from.yielding & (1 << last)) === 0)
      key += PREEMPTION;
  }
  return key;
}

export const startKey = (starts: readonly boolean[]): number =>
  starts.filter((started) => started).length * EVENT;

/**
 * @param isTarget states at which the target is met by arriving (livelocks)
 * @returns null if the node budget ended the search
 */
export function searchExact(
  graph: CostGraph,
  isTarget: (state: number) => boolean,
  maxNodes: number,
): ExactSearch | null {
  const nodes = new Nodes(graph.machine.taskCount);
  const costs = new Costs();
  const heap = new Heap();
  const settled: number[] = [];
  const layers = new Map<string, number>();
  let optimum = INFINITE;
  for (const { starts, state } of graph.starts) {
    const node = nodes.of(state, -1);
    const key = startKey(starts);
    if (key < costs.get(node)) {
      costs.set(node, key);
      heap.push(key, node);
    }
  }
  while (heap.size > 0 && heap.least <= optimum) {
    const key = heap.least;
    const node = heap.pop();
    if (key !== costs.get(node) || settled.length > maxNodes) {
      if (settled.length > maxNodes) return null;
      continue;
    }
    costs.set(node, key);
    settled.push(node);
    const state = nodes.state(node);
    const from = graph.expand(state);
    if (from.endsInTarget || isTarget(state)) {
      optimum = Math.min(optimum, key);
      continue;
    }
    const layer = layerOf(key);
    layers.set(layer, (layers.get(layer) ?? 0) + 1);
    for (const edge of from.edges) {
      const reached = key + edgeKey(from, nodes.last(node), edge);
      if (edge.to === MEETS_TARGET) optimum = Math.min(optimum, reached);
      else if (edge.to >= 0) {
        const next = nodes.of(edge.to, edge.task);
        if (reached < costs.get(next)) {
          costs.set(next, reached);
          heap.push(reached, next);
        }
      }
    }
  }
  return {
    optimum: optimum === INFINITE ? null : optimum,
    settled,
    costs,
    layers: [...layers],
  };
}
