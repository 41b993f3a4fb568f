/** Cheapest cost key per node, growing with the graph. */
import { INFINITE } from './cost-key.js';

export class Costs {
  private keys = new Float64Array(1024).fill(INFINITE);

  get(node: number): number {
    return this.keys[node] ?? INFINITE;
  }

  set(node: number, key: number): void {
    if (node >= this.keys.length) {
      const grown = new Float64Array(Math.max(node + 1, this.keys.length * 2)).fill(INFINITE);
      grown.set(this.keys);
      this.keys = grown;
    }
    this.keys[node] = key;
  }
}
