/** What each pass tried and came to, for whoever writes a pass or wonders where the steps went. */
import type { Cost } from '@lastref/kernel';
import { PASSES } from './passes.js';

export interface PassStatistics {
  readonly pass: string;
  readonly candidates: number;
  readonly accepted: number;
  /** Candidates that were known not to be better, and were not executed. */
  readonly cached: number;
  /** Steps executed. */
  readonly steps: number;
  /** What the accepted ones cost less; a part of it may be below 0 where one before it is above. */
  readonly saved: Cost;
}

type Counted = Omit<PassStatistics, 'pass'>;

const NOTHING: Counted = {
  candidates: 0,
  accepted: 0,
  cached: 0,
  steps: 0,
  saved: { events: 0, preemptions: 0, switches: 0, steps: 0 },
};

export class Statistics {
  private readonly counts = new Map<string, Counted>();

  cached(pass: string): void {
    const now = this.of(pass);
    this.counts.set(pass, { ...now, candidates: now.candidates + 1, cached: now.cached + 1 });
  }

  /** @param to what the candidate cost if it was accepted */
  executed(pass: string, steps: number, from: Cost, to: Cost | undefined): void {
    const now = this.of(pass);
    this.counts.set(pass, {
      ...now,
      candidates: now.candidates + 1,
      steps: now.steps + steps,
      ...(to === undefined ? {} : { accepted: now.accepted + 1, saved: sum(now.saved, from, to) }),
    });
  }

  /** In the order of the passes. */
  perPass(): readonly PassStatistics[] {
    return PASSES.map(({ name }) => ({ pass: name, ...this.of(name) }));
  }

  private of(pass: string): Counted {
    return this.counts.get(pass) ?? NOTHING;
  }
}

const sum = (saved: Cost, from: Cost, to: Cost): Cost => ({
  events: saved.events + from.events - to.events,
  preemptions: saved.preemptions + from.preemptions - to.preemptions,
  switches: saved.switches + from.switches - to.switches,
  steps: saved.steps + from.steps - to.steps,
});
