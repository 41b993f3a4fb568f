/** The union of the lock-order edges of all runs, and which of them can take part in a report at all. */
import { simpleCycles, type Machine } from '@lastref/kernel';

/** Bits of edges as the machine numbers them. */
export interface EdgeMask {
  readonly low: number;
  readonly high: number;
  readonly recursive: number;
}

export const NO_EDGES: EdgeMask = { low: 0, high: 0, recursive: 0 };

type Edges = Machine['edges'];

const BITS_PER_WORD = 31;

export class EdgeUnion {
  private low = 0;
  private high = 0;
  private recursive = 0;

  add(edges: EdgeMask): void {
    this.low |= edges.low;
    this.high |= edges.high;
    this.recursive |= edges.recursive;
  }

  /** The edges of cycles, the warnings, and the locks taken twice; NO_EDGES if there is no report to come. */
  reportable(edges: Edges): EdgeMask {
    edges.low = this.low;
    edges.high = this.high;
    const cyclic = new Set(
      simpleCycles(edges.pairs()).flatMap((cycle) =>
        cycle.map((held, i) => (held << 5) | (cycle[(i + 1) % cycle.length] ?? held)),
      ),
    );
    const mask = { low: 0, high: 0, recursive: this.recursive };
    edges.known.forEach((pair, edge) => {
      const isWarning = pair < 0;
      if (!isWarning && !cyclic.has(pair)) return;
      if (edge < BITS_PER_WORD) mask.low |= 1 << edge;
      else mask.high |= 1 << (edge - BITS_PER_WORD);
    });
    return mask.low === 0 && mask.high === 0 && mask.recursive === 0 ? NO_EDGES : mask;
  }
}
