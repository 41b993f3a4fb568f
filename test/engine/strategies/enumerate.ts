/** Every run of a strategy on a small program, each with its exact probability, by going through all values of all draws. */
import { Runner, strategyByName } from '@lastref/exploration';
import { Machine, nextFootprint, tablesOf, type Program } from '@lastref/kernel';

export interface EnumeratedRun {
  readonly p: number;
  /** The task of each step. */
  readonly schedule: readonly number[];
  /** The footprint of each step. */
  readonly prints: readonly number[];
  /** Those that could go on at each step, as a mask. */
  readonly candidates: readonly number[];
}

/** A generator whose draws are written down in advance, then 0. */
class Script {
  values: number[] = [];
  sizes: number[] = [];
  private drawn = 0;

  seed(): void {
    this.drawn = 0;
    this.sizes = [];
  }

  pick(n: number): number {
    if (n === 1) return 0;
    const value = this.values[this.drawn] ?? 0;
    this.values[this.drawn++] = value;
    this.sizes.push(n);
    return value;
  }

  next(): never {
    throw new Error('a draw of a word has too many values');
  }

  get probability(): number {
    return this.sizes.reduce((p, n) => p / n, 1);
  }

  /** @returns false after the last */
  advance(): boolean {
    const { values, sizes } = this;
    values.length = sizes.length;
    for (let i = values.length - 1; i >= 0; i--) {
      const value = (values[i] ?? 0) + 1;
      if (value < (sizes[i] ?? 0)) {
        values[i] = value;
        return true;
      }
      values.pop();
    }
    return false;
  }
}

/** @returns undefined if there are more than so many */
export function enumerate(
  program: Program,
  name: string,
  most: number,
): readonly EnumeratedRun[] | undefined {
  const found = strategyByName(program, name);
  if (!found.ok) throw new Error(found.message);
  const script = new Script();
  Object.assign(found.strategy, { generator: script });
  const machine = new Machine(tablesOf(program));
  const runner = new Runner(machine, found.strategy);
  const runs: EnumeratedRun[] = [];
  do {
    if (runs.length === most) return undefined;
    const schedule: number[] = [];
    const prints: number[] = [];
    const candidates: number[] = [];
    runner.run(0, {
      start: () => undefined,
      step: (task) => {
        candidates.push(machine.candidates());
        schedule.push(task);
        prints.push(nextFootprint(machine, task));
      },
    });
    runs.push({ p: script.probability, schedule, prints, candidates });
  } while (script.advance());
  return runs;
}

/** What is told of runs, with the sum of the probabilities of those that it is told of. */
export function probabilities(
  runs: readonly EnumeratedRun[],
  told: (run: EnumeratedRun) => Iterable<string>,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const run of runs)
    for (const what of new Set(told(run))) sums.set(what, (sums.get(what) ?? 0) + run.p);
  return sums;
}
