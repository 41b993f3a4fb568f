/**
 * In which orders the milestones of each state can have been reached: carried along the edges of the state graph to a
 * fixpoint. A state knows which milestones were reached and not in which order, so this stands beside the states.
 */
import { at, cell } from '@lastref/kernel';
import type { Graph } from '../components.js';
import type { OrderSets } from './order-sets.js';

/**
 * A mask of orders per state.
 * @param reached the set of milestones that each state has reached
 * @param starts where runs begin; what they have reached before time 0 came in the order of the milestones
 */
export function reachedOrders(
  sets: OrderSets,
  { offsets, targets }: Graph,
  reached: Uint8Array,
  starts: readonly number[],
): Int32Array {
  const masks = new Int32Array(reached.length);
  const behind = memo(sets);
  for (const start of starts) masks[start] = sets.ascending();
  for (let grew = true; grew;) {
    grew = false;
    for (let from = 0; from < offsets.length - 1; from++) {
      const mask = cell(masks, from);
      if (mask === 0) continue;
      for (let e = at(offsets, from); e < at(offsets, from + 1); e++) {
        const to = at(targets, e);
        const known = cell(masks, to);
        const all = known | behind(at(reached, from), mask, at(reached, to));
        if (all === known) continue;
        masks[to] = all;
        // A state further on is still to come in this round.
        grew ||= to <= from;
      }
    }
  }
  return masks;
}

/** Most edges reach nothing, and the others ask the same few questions again and again. */
function memo(sets: OrderSets): (from: number, mask: number, to: number) => number {
  const known = new Map<string, number>();
  return (from, mask, to) => {
    if (from === to) return mask;
    const key = `${from} ${mask} ${to}`;
    let made = known.get(key);
    if (made === undefined) {
      made = sets.behind(from, mask, 31 - Math.clz32(to & ~from));
      known.set(key, made);
    }
    return made;
  };
}
