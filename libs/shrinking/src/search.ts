/**
 * The cheapest run to the target, as a shortest path over (state, task that ran last). Every part of the cost depends only
 * on that pair and the step, so Dijkstra's algorithm is exact; steps make every edge cost something. In the order of costs
 * all nodes up to the optimum are settled, which is what the certificate says and what the tie-break needs. With
 * preemptions first, all nodes with at most c preemptions are settled before any with more.
 * Edges of a node that cost the same wait in the heap as one bundle; where they lead is found out when it is their turn.
 * A run that is known to meet the target bounds the search: what costs more is never looked at.
 */
import { bundleKey, bundleOf, BUNDLES } from './bundle.js';
import { EVENTS_FIRST, inOrderOfCosts, keyToCost, layerOf, type Order } from './cost-key.js';
import { MEETS_TARGET, type CostGraph } from './cost-graph.js';
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

export const eventsOf = (starts: readonly boolean[]): number =>
  starts.filter((started) => started).length;

export const search = (graph: CostGraph, options: SearchOptions): Search =>
  new Dijkstra(graph, options).run();

class Dijkstra {
  private readonly nodes: Nodes;
  private readonly costs = new Costs();
  private readonly heap = new Heap();
  private readonly settled: number[] = [];
  private readonly layers = new Map<string, number>();
  private optimum: number | null = null;
  private frontier: number | null = null;
  /** Key, in the order of costs, that no run may pass any more. */
  private bound: number;

  constructor(
    private readonly graph: CostGraph,
    private readonly options: SearchOptions,
  ) {
    const { order, upper } = options;
    const lanes = order === EVENTS_FIRST ? 1 : keyToCost(upper).events + 1;
    this.nodes = new Nodes(graph.machine.taskCount, lanes);
    this.bound = upper;
  }

  run(): Search {
    const { graph, heap, nodes, costs, settled, layers } = this;
    const { order } = this.options;
    graph.starts.forEach(({ starts }, i) => {
      this.push(eventsOf(starts) * order.event, -1 - i);
    });
    while (heap.size > 0 && this.frontier === null) {
      const key = heap.least;
      const entry = heap.pop();
      if (inOrderOfCosts(key, order) > this.bound) continue;
      const start = graph.starts[-1 - entry];
      if (start === undefined) this.take(key, Math.floor(entry / BUNDLES), entry % BUNDLES);
      else this.settle(key, nodes.of(start.state, -1, eventsOf(start.starts)));
    }
    const { optimum, frontier } = this;
    return { order, nodes, optimum, frontier, settled, costs, layers: [...layers] };
  }

  private push(key: number, entry: number): void {
    if (inOrderOfCosts(key, this.options.order) <= this.bound) this.heap.push(key, entry);
  }

  /** Takes the edges of a bundle, all of which end at the same cost. */
  private take(key: number, node: number, bundle: number): void {
    const { graph, nodes } = this;
    const state = nodes.state(node);
    const last = nodes.last(node);
    const events = nodes.events(node) + (bundle & 1);
    const { begin, end } = graph.expand(state);
    for (let edge = begin; edge < end; edge++) {
      const label = graph.edge(edge);
      if (bundleOf(label, last) !== bundle) continue;
      const to = graph.to(state, edge);
      if (to === MEETS_TARGET) this.meet(key);
      else if (to >= 0) this.settle(key, nodes.of(to, label.task, events));
    }
  }

  private settle(key: number, node: number): void {
    const { graph, nodes, costs, settled, layers } = this;
    const { order, maxNodes, isTarget } = this.options;
    if (this.frontier !== null || key >= costs.get(node)) return;
    if (settled.length >= maxNodes) {
      this.frontier = key;
      return;
    }
    costs.set(node, key);
    settled.push(node);
    const state = nodes.state(node);
    const last = nodes.last(node);
    const from = graph.expand(state);
    if (from.endsInTarget || isTarget(state)) {
      this.meet(key);
      return;
    }
    const layer = layerOf(keyToCost(key, order));
    layers.set(layer, (layers.get(layer) ?? 0) + 1);
    let bundles = 0;
    for (let edge = from.begin; edge < from.end; edge++)
      bundles |= 1 << bundleOf(graph.edge(edge), last);
    for (let bundle = 0; bundle < BUNDLES; bundle++)
      if ((bundles & (1 << bundle)) !== 0)
        this.push(key + bundleKey(from, last, bundle, order), node * BUNDLES + bundle);
  }

  private meet(key: number): void {
    const cost = inOrderOfCosts(key, this.options.order);
    if (cost > this.bound || (cost === this.bound && this.optimum !== null)) return;
    this.bound = cost;
    this.optimum = key;
  }
}
