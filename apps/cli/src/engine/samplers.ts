/**
 * The samplers of one thread, one per strategy of one program: what they know of the program is worth keeping from round to round
 * of a portfolio. One that threw is not used again.
 */
import { Sampler } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';

export class Samplers {
  private programId: number | undefined;
  private readonly byStrategy = new Map<string, Sampler>();

  /** @param programId the same for the same program only */
  use<T>({ program, programId, strategy }: SamplerOrder, work: (sampler: Sampler) => T): T {
    if (programId !== this.programId) this.byStrategy.clear();
    this.programId = programId;
    const sampler = this.byStrategy.get(strategy) ?? new Sampler(program, strategy);
    this.byStrategy.delete(strategy);
    sampler.clear();
    const result = work(sampler);
    this.byStrategy.set(strategy, sampler);
    return result;
  }
}

interface SamplerOrder {
  readonly program: Program;
  readonly programId: number;
  readonly strategy: string;
}
