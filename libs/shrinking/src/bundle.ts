/**
 * Edges of one node that cost the same: they go on with the task that ran or switch to another, with an event or without.
 * A node has at most four such bundles.
 */
import type { Order } from './cost-key.js';
import type { Edge, Expansion } from './cost-graph.js';

export const BUNDLES = 4;

/** The bundle that an edge of a node is in. @param last the task that ran last, -1 meaning none */
export const bundleOf = ({ task, event }: Edge, last: number): number =>
  (last >= 0 && task !== last ? 2 : 0) | (event ? 1 : 0);

/** What every edge of a bundle costs. */
export function bundleKey(from: Expansion, last: number, bundle: number, order: Order): number {
  let key = order.step;
  if ((bundle & 1) !== 0) key += order.event;
  if ((bundle & 2) !== 0) {
    key += order.switch;
    if ((from.enabled & (1 << last)) !== 0 && (from.yielding & (1 << last)) === 0)
      key += order.preemption;
  }
  return key;
}
