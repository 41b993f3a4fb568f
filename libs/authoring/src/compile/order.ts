/** Reachable operations of a body in a fixed order, with labels (nop) resolved to what they stand on. */
import type { Node } from '../builder/graph.js';
import { isBranch, successors } from './branches.js';
import type { Marks, Target } from './marks.js';

/** Depth first, `next` before `alt`, so that straight-line code stays together. Resolves all exits on the way. */
export function orderNodes(start: Target, marks: Marks): Node[] {
  const ordered: Node[] = [];
  const seen = new Set<Node>();
  const stack: Target[] = [start];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node === null || seen.has(node)) continue;
    seen.add(node);
    ordered.push(node);
    node.next = marks.resolve(node.next);
    if (isBranch(node)) node.alt = marks.resolve(node.alt);
    stack.push(...successors(node).reverse());
  }
  return ordered;
}
