/**
 * Gives locals slots: locals of one type and range that are never needed at the same time share one, so that the state stays
 * small. Greedy in order of first appearance, hence the same for every build.
 */
import { LIMITS, type LocalDecl } from '@lastref/kernel';
import type { Node } from '../builder/graph.js';
import type { ProgramBuilder } from '../builder/program-builder.js';
import { LocalVar } from '../language/values.js';
import { accesses, liveness } from './liveness.js';

export interface Slots {
  readonly of: ReadonlyMap<LocalVar, number>;
  readonly decls: LocalDecl[];
}

/**
 * @param fixed locals that keep a slot of their own, from 0 on
 * @param atEnd those of them that are needed when the body has ended
 */
export function assignSlots(
  nodes: readonly Node[],
  fixed: readonly LocalVar[],
  atEnd: readonly LocalVar[],
  program: ProgramBuilder,
): Slots {
  widen(nodes);
  const conflicts = interference(nodes, atEnd);
  const members: LocalVar[][] = fixed.map((local) => [local]);
  const of = new Map<LocalVar, number>(fixed.map((local, i) => [local, i]));
  for (const local of conflicts.keys()) {
    if (of.has(local)) continue;
    let slot = members.findIndex(
      (group, i) =>
        i >= fixed.length &&
        group[0]?.type === local.type &&
        group[0].max === local.max &&
        group[0].min === local.min &&
        !group.some((other) => conflicts.get(local)?.has(other)),
    );
    if (slot < 0) slot = members.push([]) - 1;
    members[slot]?.push(local);
    of.set(local, slot);
  }
  const decls = members.map((group): LocalDecl => {
    const name = (group[0]?.name ?? 'local').slice(0, LIMITS.nameLength);
    const type = group[0]?.type ?? null;
    if (type !== null) return { name, kind: 'ptr', type: program.type(type) };
    const min = Math.min(0, ...group.map((local) => local.min));
    const max = Math.max(1, ...group.map((local) => local.max));
    return { name, kind: 'int', ...(min < 0 ? { min } : {}), max };
  });
  return { of, decls };
}

/** A variable holds what is assigned to it: carries the largest values along assignments, to a fixpoint. */
function widen(nodes: readonly Node[]): void {
  for (let changed = true; changed;) {
    changed = false;
    for (const { op, args } of nodes) {
      const [to, , from] = args;
      if (op !== 'set' || !(to instanceof LocalVar) || !(from instanceof LocalVar)) continue;
      if (from.max <= to.max && from.min >= to.min) continue;
      to.max = Math.max(to.max, from.max);
      to.min = Math.min(to.min, from.min);
      changed = true;
    }
  }
}

/** Which locals are live at the same time, in order of first appearance. */
function interference(
  nodes: readonly Node[],
  atEnd: readonly LocalVar[],
): Map<LocalVar, Set<LocalVar>> {
  const conflicts = new Map<LocalVar, Set<LocalVar>>();
  const touch = (local: LocalVar): Set<LocalVar> => {
    let set = conflicts.get(local);
    if (set === undefined) conflicts.set(local, (set = new Set()));
    return set;
  };
  for (const node of nodes) {
    const { reads, writes } = accesses(node);
    for (const local of reads) touch(local);
    for (const local of writes) touch(local);
  }
  const { before, after } = liveness(nodes, (local) => local, atEnd);
  const clash = (group: Iterable<LocalVar>): void => {
    const list = [...group];
    for (const a of list) for (const b of list) if (a !== b) touch(a).add(b);
  };
  for (const node of nodes) {
    clash(before.get(node) ?? []);
    const { writes } = accesses(node);
    clash(new Set([...(after.get(node) ?? []), ...writes]));
  }
  return conflicts;
}
