/**
 * Expands a state by a reduction, and in full where that would lose something: where a step of the reduced set fails, for
 * a failure ends the run for all; and where every step of it leads to states that were expanded before, or the others
 * could be put off for ever. A state numbered higher is expanded later, since a search expands them in order.
 */
import type { GraphVisitor, StateGraph } from '../graph.js';
import type { Reduction } from './reduction.js';

export function expandReduced(
  graph: StateGraph,
  state: number,
  visitor: GraphVisitor,
  reduction: Reduction,
): void {
  const seen = { left: 0, goesOn: false, fails: false };
  const watched: GraphVisitor = {
    stepped: (task) => visitor.stepped?.(task),
    edge: (from, task, fault, to, isNew) => {
      if (to > from) seen.goesOn = true;
      visitor.edge?.(from, task, fault, to, isNew);
    },
    failure: (from, task, fault) => {
      seen.fails = true;
      visitor.failure?.(from, task, fault);
    },
    end: (at, ending) => visitor.end?.(at, ending),
  };
  graph.expand(state, watched, (candidates) => {
    const chosen = reduction.choose(candidates);
    seen.left = candidates & ~chosen;
    return chosen;
  });
  if (seen.left !== 0 && (seen.fails || !seen.goesOn))
    graph.expand(state, visitor, () => seen.left);
}
