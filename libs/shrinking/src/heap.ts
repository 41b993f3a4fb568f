/** A binary heap of (key, node) with the least key on top; stale entries are the caller's to skip. */
export class Heap {
  private readonly keys: number[] = [];
  private readonly nodes: number[] = [];

  get size(): number {
    return this.keys.length;
  }

  /** Key on top; Infinity if empty. */
  get least(): number {
    return this.keys[0] ?? Infinity;
  }

  push(key: number, node: number): void {
    const { keys, nodes } = this;
    let i = keys.length;
    keys.push(key);
    nodes.push(node);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if ((keys[parent] ?? 0) <= key) break;
      keys[i] = keys[parent] ?? 0;
      nodes[i] = nodes[parent] ?? 0;
      i = parent;
    }
    keys[i] = key;
    nodes[i] = node;
  }

  /** Removes the top and returns its node, or -1 if empty. */
  pop(): number {
    const { keys, nodes } = this;
    const top = nodes[0] ?? -1;
    const key = keys.pop();
    const node = nodes.pop();
    if (key === undefined || node === undefined || keys.length === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= keys.length) break;
      if (child + 1 < keys.length && (keys[child + 1] ?? 0) < (keys[child] ?? 0)) child++;
      if ((keys[child] ?? 0) >= key) break;
      keys[i] = keys[child] ?? 0;
      nodes[i] = nodes[child] ?? 0;
      i = child;
    }
    keys[i] = key;
    nodes[i] = node;
    return top;
  }
}
