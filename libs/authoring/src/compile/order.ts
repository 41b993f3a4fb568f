/** Reachable operations of a body in a fixed order, with labels (nop) resolved to what they stand on. */
import { specOf } from '@lastref/kernel';
import type { Node } from '../builder/graph.js';

/** null is the end of the body. */
export type Target = Node | null;

/** A loop without any operation in it. */
export class EmptyLoop extends Error {}

/** The first real operation at or behind a target. A label's loop head mark moves to it. */
export function resolve(target: Target): Target {
  const seen = new Set<Node>();
  let node = target;
  let head = false;
  while (node?.op === 'nop') {
    if (seen.has(node)) throw new EmptyLoop();
    seen.add(node);
    head ||= node.head === true;
    node = node.next;
  }
  if (node !== null && head) node.head = true;
  return node;
}

export const isBranch = (node: Node): boolean =>
  node.op !== 'nop' && specOf(node.op).branches === true;

export const successors = (node: Node): Target[] =>
  isBranch(node) ? [node.next, node.alt] : [node.next];

/** Depth first, `next` before `alt`, so that straight-line code stays together. Resolves all exits on the way. */
export function orderNodes(start: Target): Node[] {
  const ordered: Node[] = [];
  const seen = new Set<Node>();
  const stack: Target[] = [start];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node === null || seen.has(node)) continue;
    seen.add(node);
    ordered.push(node);
    node.next = resolve(node.next);
    node.alt = resolve(node.alt);
    stack.push(...successors(node).reverse());
  }
  return ordered;
}
