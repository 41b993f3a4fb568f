/**
 * How long it takes to shrink failures of the largest host, by the clock on the wall as who waits for it has it: the first failing
 * seeds, most of which show what is frequent; and as many in turn of every bug, so that the rare and the hard count as much.
 */
import { setImmediate } from 'node:timers/promises';
import { compileAddress } from '@lastref/scenarios';
import { shrink, type Grade } from '@lastref/shrinking';
import type { Program } from '@lastref/kernel';
import type { Surroundings } from '../surroundings.js';
import { STRATEGY } from './contenders.js';
import { failingSeeds, type Failing } from './failing-seeds.js';

const ADDRESS = 'whole-host/buggy/large';
/** Enough for some seeds of every bug that 1 run in 1,000 shows. */
const SCHEDULES = 5_000;
/** What the 95th percentile has to stay under. */
const AT_MOST_MS = 5_000;

export interface HostTimes {
  readonly which: string;
  readonly failures: number;
  readonly bugs: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
  readonly atMost: number;
  readonly meets: boolean;
  readonly grades: Readonly<Partial<Record<Grade, number>>>;
}

interface One {
  readonly signature: string;
  readonly seed: number;
}

/** @param failures how many of each choice */
export async function wholeHost(
  failures: number,
  { say, signal }: Pick<Surroundings, 'say' | 'signal'>,
): Promise<readonly HostTimes[]> {
  const program = compileAddress(ADDRESS);
  const failing = failingSeeds(program, failures, SCHEDULES);
  const times: HostTimes[] = [];
  for (const [which, chosen] of [
    ['the first failing seeds', lowest(failing, failures)],
    ['every bug in turn', inTurn(failing, failures)],
  ] as const) {
    say(`${ADDRESS}, ${which} ...`);
    const measured = await timesOf(program, chosen, signal);
    if (signal.aborted) break;
    times.push({ which, ...measured });
  }
  return times;
}

async function timesOf(
  program: Program,
  chosen: readonly One[],
  signal: AbortSignal,
): Promise<Omit<HostTimes, 'which'>> {
  const times: number[] = [];
  const grades: Partial<Record<Grade, number>> = {};
  for (const { signature, seed } of chosen) {
    await setImmediate();
    if (signal.aborted) break;
    const began = performance.now();
    const result = shrink(program, signature, { start: { strategy: STRATEGY, seed } });
    times.push(Math.round(performance.now() - began));
    if (!result.ok) continue;
    const { grade } = result.reproduction;
    grades[grade] = (grades[grade] ?? 0) + 1;
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.ceil(share * times.length) - 1] ?? 0;
  return {
    failures: times.length,
    bugs: new Set(chosen.map(({ signature }) => signature)).size,
    median: at(0.5),
    p95: at(0.95),
    worst: at(1),
    atMost: AT_MOST_MS,
    meets: at(0.95) < AT_MOST_MS,
    grades,
  };
}

const lowest = (failing: readonly Failing[], count: number): One[] =>
  failing
    .flatMap(({ signature, seeds }) => seeds.map((seed) => ({ signature, seed })))
    .sort((a, b) => a.seed - b.seed)
    .slice(0, count);

const inTurn = (failing: readonly Failing[], count: number): One[] =>
  Array.from({ length: count }, (_, round) =>
    failing.flatMap(({ signature, seeds }) =>
      seeds.slice(round, round + 1).map((seed) => ({ signature, seed })),
    ),
  )
    .flat()
    .slice(0, count);
