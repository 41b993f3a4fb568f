/**
 * The strongly connected components of a graph: Tarjan's algorithm, iterative. A component comes before those that lead
 * to it, so whoever goes through them in order finds every successor outside a component already dealt with.
 */

/** Successors of all states, in order: those of state i are targets[offsets[i] .. offsets[i+1]). */
export interface Graph {
  readonly offsets: readonly number[] | Int32Array;
  readonly targets: readonly number[] | Int32Array;
}

export interface Components {
  /** The states of each component. */
  readonly members: readonly number[][];
  /** Number of the component of each state. */
  readonly of: Int32Array;
}

/** @param count number of states */
export function componentsOf({ offsets, targets }: Graph, count: number): Components {
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
  return { members: components, of: component };
}
