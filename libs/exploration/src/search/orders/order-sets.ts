/**
 * Sets of orders of a few things, as bit masks: which of the orders of those that came, came. The orders of a set of things
 * are numbered lexicographically, so that a mask means something only beside its set. Four things have 24 orders, five would
 * have more than a mask has bits.
 */
import { at } from '@lastref/kernel';

/** Things whose orders fit into a mask. */
export const ORDERED_MAX = 4;

type Order = readonly number[];

export class OrderSets {
  /** Orders by set of things; a set is a bit mask too. */
  private readonly orders: readonly (readonly Order[])[];

  constructor(readonly size: number) {
    this.orders = Array.from({ length: 1 << size }, (_, set) => ordersOf(set, size));
  }

  /** All things. */
  get all(): number {
    return (1 << this.size) - 1;
  }

  /** The orders of a set of things. */
  of(set: number): readonly Order[] {
    return at(this.orders, set);
  }

  /** The set of orders with the one in which the things of a set are numbered. */
  ascending(): number {
    return 1;
  }

  /** The orders that a mask holds. */
  held(set: number, mask: number): readonly Order[] {
    return this.of(set).filter((_, i) => (mask & (1 << i)) !== 0);
  }

  /** What becomes of a mask when one more thing comes, behind all others. */
  behind(set: number, mask: number, thing: number): number {
    const longer = this.of(set | (1 << thing));
    let made = 0;
    for (const order of this.held(set, mask)) {
      const wanted = [...order, thing];
      made |= 1 << longer.findIndex((other) => other.every((item, i) => item === wanted[i]));
    }
    return made;
  }
}

function ordersOf(set: number, size: number): Order[] {
  if (set === 0) return [[]];
  const found: Order[] = [];
  for (let first = 0; first < size; first++)
    if ((set & (1 << first)) !== 0)
      for (const rest of ordersOf(set & ~(1 << first), size)) found.push([first, ...rest]);
  return found;
}
