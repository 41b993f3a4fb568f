/**
 * Livelock: a bottom strongly connected component of the state graph that is no end. Whatever is scheduled, the run stays
 * in it for ever. Tarjan's algorithm, iterative, over the successor lists that the search recorded.
 */
import { cell, specOf, type Machine, type Program } from '@lastref/kernel';

/** Successors of all states, in order: those of state i are targets[offsets[i] .. offsets[i+1]). */
export interface Successors {
  readonly offsets: readonly number[] | Int32Array;
  readonly targets: readonly number[] | Int32Array;
  /** States that leave the graph: ends, and states with a failing step. */
  readonly leaves: { has(state: number): boolean };
}

/** The components no run can leave, each as its states in ascending order. */
export function bottomComponents(
  { offsets, targets, leaves }: Successors,
  count: number,
): number[][] {
  const index = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const component = new Int32Array(count).fill(-1);
  const stack: number[] = [];
  const components: number[][] = [];
  let next = 0;
  const get = (list: ArrayLike<number>, i: number): number => list[i] ?? 0;
  for (let root = 0; root < count; root++) {
    if (index[root] !== -1) continue;
    const work: [state: number, edge: number][] = [[root, get(offsets, root)]];
    index[root] = low[root] = next++;
    stack.push(root);
    while (work.length > 0) {
      const top = work[work.length - 1];
      if (top === undefined) break;
      const [state, edge] = top;
      if (edge < get(offsets, state + 1)) {
        top[1]++;
        const to = get(targets, edge);
        if (index[to] === -1) {
          index[to] = low[to] = next++;
          stack.push(to);
          work.push([to, get(offsets, to)]);
        } else if (component[to] === -1) low[state] = Math.min(get(low, state), get(index, to));
        continue;
      }
      work.pop();
      const parent = work[work.length - 1]?.[0];
      if (parent !== undefined) low[parent] = Math.min(get(low, parent), get(low, state));
      if (low[state] !== index[state]) continue;
      const members: number[] = [];
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        component[member] = components.length;
        members.push(member);
        if (member === state) break;
      }
      components.push(members);
    }
  }
  return components
    .filter((members, c) =>
      members.every((state) => {
        if (leaves.has(state)) return false;
        for (let e = get(offsets, state); e < get(offsets, state + 1); e++)
          if (component[get(targets, e)] !== c) return false;
        return true;
      }),
    )
    .map((members) => members.sort((a, b) => a - b));
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

/** The livelock a component is: the functions of the loop heads that run in it. @param restore loads a state */
export function livelockSignatureOf(
  machine: Machine,
  members: readonly number[],
  heads: ReadonlySet<number>,
  restore: (state: number) => void,
): string {
  const functions = new Set<string>();
  for (const state of members) {
    restore(state);
    const candidates = machine.candidates();
    for (let task = 0; task < machine.taskCount; task++) {
      const pc = cell(machine.state, cell(machine.pcSlot, task));
      if ((candidates & (1 << task)) === 0 || !heads.has(pc)) continue;
      functions.add(machine.tables.program.functions[cell(machine.tables.fn, pc)]?.name ?? '?');
    }
  }
  return `livelock@${[...functions].sort().join('+')}`;
}
