/**
 * Where a run can stay for ever: the bottom strongly connected components of the state graph that are no ends. Whatever is
 * scheduled, the run does not leave one. Judged on the successor lists that the search recorded; whether one is a livelock
 * is judged in endless.ts.
 */
import { specOf, type Program } from '@lastref/kernel';
import { componentsOf, type Graph } from './components.js';

export interface Successors extends Graph {
  /** States that leave the graph: ends, and states with a failing step. */
  readonly leaves: ReadonlySet<number>;
}

/** The components no run can leave, each as its states in ascending order. */
export function bottomComponents(successors: Successors, count: number): number[][] {
  const { offsets, targets, leaves } = successors;
  const { members: components, of } = componentsOf(successors, count);
  const get = (list: ArrayLike<number>, i: number): number => list[i] ?? 0;
  return components
    .filter((members, c) =>
      members.every((state) => {
        if (leaves.has(state)) return false;
        for (let e = get(offsets, state); e < get(offsets, state + 1); e++)
          if (of[get(targets, e)] !== c) return false;
        return true;
      }),
    )
    .map((members) => members.sort((a, b) => a - b));
}

/**
 * Whether every state can reach a leaf, so that there is no livelock. Cheap where it is so: states are numbered breadth
 * first, so that going backwards through them settles most at once.
 */
export function allCanLeave({ offsets, targets, leaves }: Successors, count: number): boolean {
  const leaving = new Uint8Array(count);
  for (const leaf of leaves) leaving[leaf] = 1;
  let left = count - leaves.size;
  for (let before = count + 1; left > 0 && left < before;) {
    before = left;
    for (let state = count - 1; state >= 0; state--) {
      if (leaving[state] === 1) continue;
      let can = false;
      const end = offsets[state + 1] ?? 0;
      for (let e = offsets[state] ?? 0; !can && e < end; e++) can = leaving[targets[e] ?? 0] === 1;
      if (!can) continue;
      leaving[state] = 1;
      left--;
    }
  }
  return left === 0;
}

/** Operations that are steps and stand at, or behind the local operations at, the head of a loop. */
export function loopHeads(program: Program): ReadonlySet<number> {
  const heads = new Set<number>();
  program.code.forEach((op, pc) => {
    if (op.head !== true) return;
    const stack = [pc];
    const seen = new Set<number>();
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (seen.has(at) || at === 0) continue;
      seen.add(at);
      const here = program.code[at];
      if (here === undefined) continue;
      if (specOf(here.op).local !== true) heads.add(at);
      else stack.push(here.next, here.alt ?? here.next);
    }
  });
  return heads;
}
