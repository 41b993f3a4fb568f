/**
 * What the golden table keeps of a program: its digest; under rw/1 per seed the verdict and the first digits of the trace
 * digest; under every other strategy one digest of these lines.
 */
import { replay, STRATEGIES } from '@lastref/exploration';
import { programDigest, sha256Hex } from '@lastref/kernel';
import { catalogue, compileAddress } from '@lastref/scenarios';

const SEEDS = 100;
const DIGEST_DIGITS = 16;
/** The strategy whose lines are kept. */
const IN_FULL = 'rw/1';

export interface PinnedProgram {
  readonly program: string;
  readonly strategies: Readonly<Record<string, string | readonly string[]>>;
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
  const strategies = STRATEGIES.map((strategy): [string, string | string[]] => {
    const lines = Array.from({ length: SEEDS }, (_, seed) => line(strategy, seed));
    return [strategy, strategy === IN_FULL ? lines : sha256Hex(lines.join('\n'))];
  });
  return { program: programDigest(program), strategies: Object.fromEntries(strategies) };
}
