/**
 * What the golden table keeps of a program: its digest; under rw/1 per seed the verdict and the first digits of the trace
 * digest; under every other strategy one digest of all schedules and how they end.
 */
import { encodeChoice, replay, Runner, STRATEGIES, strategyByName } from '@lastref/exploration';
import { Machine, programDigest, sha256Hex, tablesOf, type Program } from '@lastref/kernel';
import { catalogue, compileAddress } from '@lastref/scenarios';

const SEEDS = 100;
/** Of a host, whose runs are twenty times as long. */
const SEEDS_OF_HOST = 10;
const DIGEST_DIGITS = 16;
/** The strategy whose lines are kept. */
const IN_FULL = 'rw/1';

export interface PinnedProgram {
  readonly program: string;
  readonly strategies: Readonly<Record<string, string | readonly string[]>>;
}

const pinned = catalogue().map(({ scenario, variant, case: name, host }) => ({
  address: `${scenario}/${variant}/${name}`,
  seeds: host === true ? SEEDS_OF_HOST : SEEDS,
}));

export const addressesToPin = (): string[] => pinned.map(({ address }) => address);

export function pinSeeds(address: string): PinnedProgram {
  const program = compileAddress(address);
  const seeds = pinned.find((known) => known.address === address)?.seeds ?? SEEDS;
  const strategies = STRATEGIES.map((strategy): [string, string | string[]] => [
    strategy,
    strategy === IN_FULL
      ? Array.from({ length: seeds }, (_, seed) => traceLine(program, strategy, seed))
      : sha256Hex(scheduleLines(program, strategy, seeds).join('\n')),
  ]);
  return { program: programDigest(program), strategies: Object.fromEntries(strategies) };
}

function traceLine(program: Program, strategy: string, seed: number): string {
  const result = replay(program, { strategy, seed });
  if (!result.ok) throw new Error(result.message);
  const { verdict, reports, digest } = result.trace;
  const text = verdict.outcome === 'failed' ? verdict.signature : verdict.outcome;
  return [digest.slice(0, DIGEST_DIGITS), text, ...reports].join(' ');
}

/** What a strategy decides, without the cost of traces: those of rw/1 pin what steps do. */
function scheduleLines(program: Program, name: string, seeds: number): string[] {
  const found = strategyByName(program, name);
  if (!found.ok) throw new Error(found.message);
  const runner = new Runner(new Machine(tablesOf(program)), found.strategy);
  return Array.from({ length: seeds }, (_, seed) => {
    let choices = '';
    const end = runner.run(seed, {
      start: (starts) => (choices += encodeChoice(starts ? 1 : 0)),
      step: (task, armed, fault) => {
        choices += encodeChoice(task);
        if (armed) choices += encodeChoice(fault ? 1 : 0);
      },
    });
    return `${choices} ${end}`;
  });
}
