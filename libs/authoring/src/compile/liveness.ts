/**
 * Liveness of locals, backwards over a body's graph: what each operation reads and writes, and what is still needed
 * before and after it. The basis for sharing slots and for zeroing dead ones.
 */
import { specOf, widthOf } from '@lastref/kernel';
import type { Node } from '../builder/graph.js';
import { LocalVar } from '../language/values.js';
import { successors } from './branches.js';

/** Locals an operation reads, and those it writes. */
export function accesses(node: Node): {
  readonly reads: LocalVar[];
  readonly writes: LocalVar[];
} {
  const reads = [...node.keeps];
  const writes: LocalVar[] = [];
  if (node.op === 'nop') return { reads, writes };
  let i = 0;
  for (const operand of specOf(node.op).operands) {
    const width = widthOf(operand);
    const locals = node.args.slice(i, i + width).filter((arg) => arg instanceof LocalVar);
    (operand.is === 'dst' ? writes : reads).push(...locals);
    i += width;
  }
  return { reads, writes };
}

/** For each operation, the things live before and after it. */
export interface Liveness<T> {
  readonly before: ReadonlyMap<Node, ReadonlySet<T>>;
  readonly after: ReadonlyMap<Node, ReadonlySet<T>>;
}

/**
 * Solves the liveness equations over things that locals map to (themselves, or their slots).
 * @param atEnd what is needed when the body has ended: what a prologue hands over
 */
export function liveness<T>(
  nodes: readonly Node[],
  of: (local: LocalVar) => T,
  atEnd: readonly LocalVar[],
): Liveness<T> {
  const last = new Set(atEnd.map(of));
  const before = new Map<Node, Set<T>>(nodes.map((node) => [node, new Set<T>()]));
  const after = new Map<Node, Set<T>>(nodes.map((node) => [node, new Set<T>()]));
  for (let changed = true; changed;) {
    changed = false;
    for (const node of [...nodes].reverse()) {
      const out = new Set<T>();
      for (const next of successors(node))
        for (const item of next === null ? last : (before.get(next) ?? [])) out.add(item);
      const { reads, writes } = accesses(node);
      const into = new Set(out);
      for (const local of writes) into.delete(of(local));
      for (const local of reads) into.add(of(local));
      after.set(node, out);
      if (into.size !== before.get(node)?.size) {
        before.set(node, into);
        changed = true;
      }
    }
  }
  return { before, after };
}
