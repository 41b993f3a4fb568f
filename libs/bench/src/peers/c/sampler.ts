/** The compiled C peer of one program: runs ranges of seeds and says how they ended and what they took. */
import type { Program } from '@lastref/kernel';
import { C_ENDS, cModel, FIRST_FAILURE } from './model.js';
import { samplingProgram } from './sampling.js';
import type { Workshop } from '../../native/workshop.js';

export type CEnd = (typeof C_ENDS)[number];

export interface CRun {
  readonly totals: {
    readonly steps: number;
    readonly failed: number;
    readonly cut: number;
    readonly outside: number;
  };
  /** Processor time. */
  readonly seconds: number;
  /** Runs by how they ended. */
  readonly ends: Readonly<Record<CEnd, number>>;
}

export class CSampler {
  private constructor(
    private readonly workshop: Workshop,
    private readonly name: string,
  ) {}

  /** The sampler, or why there is none. */
  static build(program: Program, workshop: Workshop, name = 'peer'): CSampler | string {
    const model = cModel(program, 'sampling');
    if (!model.ok) return model.reason;
    workshop.write(`${name}.c`, samplingProgram(model));
    const flags = ['-O3', '-march=native', '-o', name, `${name}.c`];
    if (workshop.run('cc', flags) === null) return 'no C compiler (cc)';
    return new CSampler(workshop, name);
  }

  /** Runs seeds from .. from + count - 1. */
  run(from: number, count: number): CRun {
    const out = this.workshop.run(this.workshop.path(this.name), [String(from), String(count)]);
    const { steps, seconds, ends } = JSON.parse(out ?? '') as {
      readonly steps: number;
      readonly seconds: number;
      readonly ends: readonly number[];
    };
    const of = (end: CEnd): number => ends[C_ENDS.indexOf(end)] ?? 0;
    const failed = ends.slice(FIRST_FAILURE).reduce((sum, n) => sum + n, 0);
    return {
      totals: { steps, failed, cut: of('cut'), outside: of('outside') },
      seconds,
      ends: Object.fromEntries(C_ENDS.map((end) => [end, of(end)])) as Record<CEnd, number>,
    };
  }
}
