/**
 * Which task a plan wants next. A segment whose task cannot go on is left out; past the last, the task that runs stays, else the
 * least candidate runs.
 */
import type { Plan } from './plan.js';

export class Chooser {
  private index = 0;
  private done = 0;

  constructor(private readonly plan: Plan) {}

  /** A candidate, or -1 if the plan ends here. What is early happens only where the plan says so. */
  next(candidates: number, early: number, last: number): number {
    const { segments, goesOn } = this.plan;
    for (; this.index < segments.length; this.index++, this.done = 0) {
      const segment = segments[this.index];
      if (segment === undefined || this.done >= segment.steps) continue;
      if ((candidates & (1 << segment.task)) === 0) continue;
      this.done++;
      return segment.task;
    }
    if (!goesOn) return -1;
    const now = candidates & ~early;
    if (last >= 0 && (now & (1 << last)) !== 0) return last;
    return 31 - Math.clz32(now & -now);
  }

  /** The stretch that the step chosen last is in: segments of the plan by number, then what follows them. */
  get stretch(): number {
    return this.index;
  }

  /** Whether the state alone decides what else happens in that stretch: nothing of the plan counts steps in it. */
  get open(): boolean {
    return this.index >= this.plan.segments.length || this.alone;
  }

  /** Whether that stretch is one task's alone, for as long as it can go on. */
  get alone(): boolean {
    return this.plan.segments[this.index]?.steps === Infinity;
  }
}
