/** Which operations have two exits. */
import { specOf } from '@lastref/kernel';
import type { Node } from '../builder/graph.js';

export const isBranch = (node: Node): boolean =>
  node.op !== 'nop' && specOf(node.op).branches === true;

/** Where control goes from an operation; null is the end of the body. */
export const successors = (node: Node): (Node | null)[] =>
  isBranch(node) ? [node.next, node.alt] : [node.next];
