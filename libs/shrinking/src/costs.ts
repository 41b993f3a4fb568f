/** Cheapest cost key per node, growing with the graph. */
import { grown } from '@lastref/exploration';
import { INFINITE } from './cost-key.js';

export class Costs {
  private keys = new Float64Array(1024).fill(INFINITE);

  get(node: number): number {
    return this.keys[node] ?? INFINITE;
  }

  set(node: number, key: number): void {
    this.keys = grown(this.keys, node + 1, INFINITE);
    this.keys[node] = key;
  }
}
