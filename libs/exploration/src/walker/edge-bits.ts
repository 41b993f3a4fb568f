/**
 * The lock-order edges and recursive locks of a run as one small word, so that a memoised step can carry what it adds
 * and a run ORs it up. Bits are given out in order of discovery; a program that needs more than a word has steps that
 * are not memoised.
 */
import type { Machine } from '@lastref/kernel';

/** Bits of the word that a memoised state has for them. */
export const EDGE_BITS = 31;

/** More bits than a word holds. */
export const NO_ROOM = -1;

/** A bit of the machine's own: word 0 low, 1 high, 2 recursive. */
interface Known {
  readonly word: 0 | 1 | 2;
  readonly bit: number;
}

export class EdgeBits {
  private readonly known: Known[] = [];

  /** The bits of what the machine recorded since its edges were cleared, or NO_ROOM. */
  of({ edges }: Machine): number {
    if (edges.low === 0 && edges.high === 0 && edges.recursive === 0) return 0;
    let bits = 0;
    for (const [word, value] of [edges.low, edges.high, edges.recursive].entries())
      for (let rest = value; rest !== 0; rest &= rest - 1) {
        const bit = this.number(word === 0 ? 0 : word === 1 ? 1 : 2, rest & -rest);
        if (bit === EDGE_BITS) return NO_ROOM;
        bits |= 1 << bit;
      }
    return bits;
  }

  /** Puts bits back into the machine, in place of what it had. */
  restore({ edges }: Machine, bits: number): void {
    edges.clear();
    for (let i = 0; i < this.known.length; i++) {
      const known = this.known[i];
      if (known === undefined || (bits & (1 << i)) === 0) continue;
      if (known.word === 0) edges.low |= known.bit;
      else if (known.word === 1) edges.high |= known.bit;
      else edges.recursive |= known.bit;
    }
  }

  private number(word: 0 | 1 | 2, bit: number): number {
    const found = this.known.findIndex((known) => known.word === word && known.bit === bit);
    if (found >= 0 || this.known.length === EDGE_BITS) return found < 0 ? EDGE_BITS : found;
    return this.known.push({ word, bit }) - 1;
  }
}
