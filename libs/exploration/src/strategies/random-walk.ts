/**
 * rw/1, the uniform random walk: every candidate is as likely as any other, at every state. A forced step draws
 * nothing. The frozen draw of semantics section 2; its probabilities are what exact probability computes.
 */
import { Xoroshiro, type Machine } from '@lastref/kernel';
import { countBits, nthCandidate, WEIGHT_RANGE, type Strategy } from './strategy.js';

export class RandomWalk implements Strategy {
  readonly name = 'rw/1';
  private readonly generator = new Xoroshiro();

  begin(seed: number): void {
    this.generator.seed(seed);
  }

  start(weight: number): boolean {
    return this.generator.pick(WEIGHT_RANGE) < weight;
  }

  pick(machine: Machine, candidates: number): number {
    const n = this.generator.pick(countBits(candidates));
    return nthCandidate(candidates, machine.early(), n);
  }

  fault(weight: number): boolean {
    return this.generator.pick(WEIGHT_RANGE) < weight;
  }

  executed(): void {
    return;
  }
}
