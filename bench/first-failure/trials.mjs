// One trial: schedules until each failure was first seen, by one strategy or by the portfolio. Trials of disjoint ranges of
// seeds are independent; samplers are kept, because what a strategy knows of a program is the same in every trial.
import { allocate, planOf, Sampler } from '@lastref/exploration';

const FIRST_SLICE = 64;

export class Trials {
  #samplers = new Map();

  /** @param wanted failures after which a trial ends @param cap schedules after which it ends */
  constructor(program, wanted, cap) {
    Object.assign(this, { program, wanted, cap });
  }

  /** @returns {Map<string, number>} schedules to the first of each failure that was seen */
  run(strategy, seedFrom) {
    return strategy === 'portfolio' ? this.#portfolio(seedFrom) : this.#alone(strategy, seedFrom);
  }

  #alone(strategy, seedFrom) {
    const sampler = this.#samplerOf(strategy);
    sampler.clear();
    const seen = new Map();
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
  #portfolio(seedFrom) {
    const plan = planOf('portfolio', seedFrom, this.cap);
    const history = [];
    const seen = new Map();
    let spent = 0;
    for (let round = 0; seen.size < this.wanted; round++) {
      const parts = allocate(round, history, plan);
      if (parts.length === 0) break;
      const done = [];
      for (const part of parts) {
        const sampler = this.#samplerOf(part.strategy);
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

  #samplerOf(strategy) {
    const known = this.#samplers.get(strategy);
    if (known !== undefined) return known;
    const made = new Sampler(this.program, strategy, { keep: 1 });
    this.#samplers.set(strategy, made);
    return made;
  }
}

/** @param offset what makes a seed the number of schedules that a trial had run with it */
function note(seen, { signatures }, offset) {
  for (const { signature, report, lowestSeeds } of signatures)
    if (!report && !seen.has(signature)) seen.set(signature, lowestSeeds[0] + offset);
}
