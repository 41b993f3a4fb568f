/** The states of the livelocks with the target's signature; needs the whole graph, so it has a budget. */
import { bottomComponents, judgeEndless, loopHeads } from '@lastref/exploration';
import type { CostGraph } from './cost-graph.js';

/** The states, or null if the budget ended the expansion. */
export function livelockStates(
  graph: CostGraph,
  signature: string,
  maxStates: number,
): ReadonlySet<number> | null {
  const offsets: number[] = [];
  const targets: number[] = [];
  const leaves = new Set<number>();
  for (let state = 0; state < graph.states; state++) {
    if (graph.states > maxStates) return null;
    offsets.push(targets.length);
    const { begin, end } = graph.expand(state);
    if (begin === end) leaves.add(state);
    for (let edge = begin; edge < end; edge++) {
      const to = graph.to(state, edge);
      if (to < 0) leaves.add(state);
      else targets.push(to);
    }
  }
  offsets.push(targets.length);
  const heads = loopHeads(graph.program);
  const restore = (state: number): void => {
    graph.restore(state);
  };
  const found = bottomComponents({ offsets, targets, leaves }, graph.states).filter((members) => {
    const endless = judgeEndless(graph.machine, members, heads, restore);
    return endless.kind === 'livelock' && endless.signature === signature;
  });
  return new Set(found.flat());
}
