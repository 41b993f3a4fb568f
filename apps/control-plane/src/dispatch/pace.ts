/**
 * How many jobs to keep announced: as many as the threads alive ask for, and more while the queue runs dry between two feeds,
 * which it does when shards end in milliseconds. A feeder that only ever announced the first number would set the pace of the
 * whole service, with idle threads beside it.
 */
import { ANNOUNCED_MOST, announcedTarget, NARROW_ABOVE, WIDEN_BELOW } from '@lastref/queue';
import type { Fed } from '@lastref/storage';

const WIDEN_BY = 4;
const NARROW_BY = 2;

export class Pace {
  private factor = 1;
  /** The target of the last feed, where it left just as many ready: else what is left at the next says nothing. */
  private last: number | undefined;

  target(slots: number): number {
    return Math.min(announcedTarget(slots) * this.factor, ANNOUNCED_MOST);
  }

  observe({ ready, carved }: Fed, target: number): void {
    // A new target is judged by the feed after the first one to it.
    if (this.last === target) {
      if (ready < target * WIDEN_BELOW && target < ANNOUNCED_MOST) this.factor *= WIDEN_BY;
      if (ready > target * NARROW_ABOVE) this.factor = Math.max(1, this.factor / NARROW_BY);
    }
    this.last = ready + carved === target ? target : undefined;
  }
}
