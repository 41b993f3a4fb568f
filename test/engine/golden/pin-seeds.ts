/** What the golden table keeps of a program: its digest, and per seed the verdict and the first digits of the trace digest. */
import { replay, STRATEGIES } from '@lastref/exploration';
import { programDigest } from '@lastref/kernel';
import { catalogue, compileAddress } from '@lastref/scenarios';

const SEEDS = 100;
const DIGEST_DIGITS = 16;

export interface PinnedProgram {
  readonly program: string;
  readonly strategies: Readonly<Record<string, readonly string[]>>;
}

export const addressesToPin = (): string[] =>
  catalogue().map((a) => `${a.scenario}/${a.variant}/${a.case}`);

export function pinSeeds(address: string): PinnedProgram {
  const program = compileAddress(address);
  const line = (strategy: string, seed: number): string => {
    const result = replay(program, { strategy, seed });
    if (!result.ok) throw new Error(result.message);
    const { verdict, reports, digest } = result.trace;
    const text = verdict.outcome === 'failed' ? verdict.signature : verdict.outcome;
    return [digest.slice(0, DIGEST_DIGITS), text, ...reports].join(' ');
  };
  const strategies = STRATEGIES.map((strategy) => [
    strategy,
    Array.from({ length: SEEDS }, (_, seed) => line(strategy, seed)),
  ]);
  return {
    program: programDigest(program),
    strategies: Object.fromEntries(strategies) as Record<string, string[]>,
  };
}
