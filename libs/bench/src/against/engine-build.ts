/**
 * The engine of a folder with a built clone, as far as rows ask for it: whatever the folder holds is loaded as it is, so only what
 * has not changed for long is used.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { measure, type Measured } from '../rounds/rounds.js';
import type { EngineTask } from './tasks.js';

interface Exploration {
  readonly Sampler: new (
    program: unknown,
    strategy: string,
    options?: { readonly interpret?: boolean },
  ) => OtherSampler;
  readonly prove: (
    program: unknown,
    options?: { readonly reduce?: boolean },
  ) => { readonly states: number; readonly complete: boolean; readonly failures: unknown };
}

interface OtherSampler {
  clear(): void;
  run(seedFrom: number, count: number): void;
  totals(): {
    readonly steps: number;
    readonly cut: number;
    readonly outside: number;
    readonly signatures: readonly { readonly report: boolean; readonly count: number }[];
  };
}

interface Scenarios {
  readonly compileAddress: (address: string) => unknown;
}

export interface EngineBuild {
  readonly exploration: Exploration;
  readonly scenarios: Scenarios;
}

export async function loadBuild(folder: string): Promise<EngineBuild> {
  const load = (library: string): Promise<unknown> =>
    import(pathToFileURL(join(folder, 'libs', library, 'dist', 'index.js')).href);
  return {
    exploration: (await load('exploration')) as Exploration,
    scenarios: (await load('scenarios')) as Scenarios,
  };
}

/** One round of a task: how long it took, and what came out of it. */
export interface EngineRound extends Measured {
  readonly answer: Readonly<Record<string, unknown>>;
}

/** The task on this build, to be run as often as one likes; what it keeps between rounds is the engine's to decide. */
export function prepared(
  { exploration, scenarios }: EngineBuild,
  { driver, address, amount }: EngineTask,
): () => EngineRound {
  const program = scenarios.compileAddress(address);
  const searching = driver === 'search' || driver === 'reduced search';
  return searching
    ? () => searched(exploration, program, driver === 'reduced search')
    : sampling(exploration, program, driver === 'interpreter', amount);
}

function searched(exploration: Exploration, program: unknown, reduce: boolean): EngineRound {
  let answer: EngineRound['answer'] = {};
  const measured = measure(() => {
    const { states, complete, failures } = exploration.prove(program, { reduce });
    answer = { states, complete, failures };
    return 1;
  });
  return { ...measured, answer };
}

function sampling(
  exploration: Exploration,
  program: unknown,
  interpret: boolean,
  amount: number,
): () => EngineRound {
  const sampler = new exploration.Sampler(program, 'rw/1', { interpret });
  return () => {
    const measured = measure(() => {
      sampler.clear();
      sampler.run(0, amount);
      return amount;
    });
    const { steps, cut, outside, signatures } = sampler.totals();
    const failed = signatures
      .filter(({ report }) => !report)
      .reduce((sum, { count }) => sum + count, 0);
    return { ...measured, answer: { steps, failed, cut, outside } };
  };
}
