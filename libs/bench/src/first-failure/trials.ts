/**
 * One trial: schedules until each failure was first seen, by one strategy or by the portfolio. Trials of disjoint ranges of
 * seeds are independent; samplers are kept, because what a strategy knows of a program is the same in every trial.
 */
import { allocate, planOf, Sampler, type BatchTotals, type Round } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';

const FIRST_SLICE = 64;

export class Trials {
  private readonly samplers = new Map<string, Sampler>();

  /** @param wanted failures after which a trial ends @param cap schedules after which it ends */
  constructor(
    private readonly program: Program,
    private readonly wanted: number,
    private readonly cap: number,
  ) {}

  /** @returns schedules to the first of each failure that was seen */
  run(strategy: string, seedFrom: number): Map<string, number> {
    return strategy === 'portfolio' ? this.portfolio(seedFrom) : this.alone(strategy, seedFrom);
  }

  private alone(strategy: string, seedFrom: number): Map<string, number> {
    const sampler = this.samplerOf(strategy);
    sampler.clear();
    const seen = new Map<string, number>();
    for (
      let done = 0, slice = FIRST_SLICE;
      done < this.cap && seen.size < this.wanted;
      slice *= 2
    ) {
      const count = Math.min(slice, this.cap - done);
      sampler.run(seedFrom + done, count);
      done += count;
      note(seen, sampler.totals(), 1 - seedFrom);
    }
    return seen;
  }

  /** Schedules of a round count in the order of its parts. */
  private portfolio(seedFrom: number): Map<string, number> {
    const plan = planOf('portfolio', seedFrom, this.cap);
    const history: Round[] = [];
    const seen = new Map<string, number>();
    let spent = 0;
    for (let round = 0; seen.size < this.wanted; round++) {
      const parts = allocate(round, history, plan);
      if (parts.length === 0) break;
      const done: Round[number][] = [];
      for (const part of parts) {
        const sampler = this.samplerOf(part.strategy);
        sampler.clear();
        sampler.run(part.seedFrom, part.count);
        const totals = sampler.totals();
        note(seen, totals, spent + 1 - part.seedFrom);
        spent += part.count;
        done.push({ ...part, totals });
      }
      history.push(done);
    }
    return seen;
  }

  private samplerOf(strategy: string): Sampler {
    const known = this.samplers.get(strategy);
    if (known !== undefined) return known;
    const made = new Sampler(this.program, strategy, { keep: 1 });
    this.samplers.set(strategy, made);
    return made;
  }
}

/** @param offset what makes a seed the number of schedules that a trial had run with it */
function note(seen: Map<string, number>, { signatures }: BatchTotals, offset: number): void {
  for (const { signature, report, lowestSeeds } of signatures) {
    const [lowest] = lowestSeeds;
    if (!report && lowest !== undefined && !seen.has(signature))
      seen.set(signature, lowest + offset);
  }
}
