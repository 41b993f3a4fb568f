/**
 * Two threads against one: schedules per second of processor time. Many short rounds, because what else runs on the
 * machine changes from second to second; in every other round two threads go first, and which thread is the one alone changes
 * every two rounds. Both run every seed before the first round, so that no round compiles or meets a new state.
 */
import { mergeTotals } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { Thread } from '@lastref/threads';
import { measureAsync, speed, type Measured } from '../rounds/rounds.js';
import { agree, row, type Row } from '../rounds/row.js';
import type { Sampled, SampleOrder } from './sample-thread.js';

type Range = Omit<SampleOrder, 'program'>;
type SampleThread = (range: Range) => Promise<Sampled>;

const ROUNDS = 40;
const COUNT = 1_000_000;
const HALF = COUNT / 2;
const WARM_UPS = 3;
const EVERYTHING: Range = { from: 0, count: COUNT };
const HALVES: readonly [Range, Range] = [
  { from: 0, count: HALF },
  { from: HALF, count: HALF },
];

export async function twoThreads(address: string): Promise<Row> {
  const program = compileAddress(`${address}/main`);
  const threads = [start(), start()] as const;
  const first = onThread(threads[0], program);
  const second = onThread(threads[1], program);
  try {
    for (let i = 0; i < WARM_UPS; i++) await Promise.all([first(EVERYTHING), second(EVERYTHING)]);
    const rounds: [number, number][] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await compare([first, second], round));
    return row(`two threads / one, ${address}`, 0.95, 'schedules/CPU-s', rounds);
  } finally {
    await Promise.all(threads.map((thread) => thread.end({ kind: 'stopped' })));
  }
}

const ENTRY = new URL('./sample-thread.js', import.meta.url);

const start = (): Thread<SampleOrder, Sampled> => new Thread({ entry: ENTRY });

const onThread =
  (thread: Thread<SampleOrder, Sampled>, program: Program): SampleThread =>
  async (range) => {
    const ended = await thread.run({ program, ...range });
    if (ended.kind === 'answered') return ended.answer;
    throw new Error(`a thread of the benchmark: ${JSON.stringify(ended)}`);
  };

/** @returns speeds of two threads and of one */
async function compare(
  [first, second]: readonly [SampleThread, SampleThread],
  round: number,
): Promise<[number, number]> {
  const one = (): Promise<Timed> =>
    timed(() => Promise.all([(round % 4 < 2 ? first : second)(EVERYTHING)]));
  const two = (): Promise<Timed> => timed(() => Promise.all([first(HALVES[0]), second(HALVES[1])]));
  const twoFirst = round % 2 === 1;
  const before = await (twoFirst ? two() : one());
  const after = await (twoFirst ? one() : two());
  const [alone, together] = twoFirst ? [after, before] : [before, after];
  agree('one thread and two', together.totals, alone.totals);
  return [speed(together), speed(alone)];
}

type Timed = Measured & Pick<Sampled, 'totals'>;

/** By the clocks of the threads, else by that of the process, which then runs nothing else. */
async function timed(work: () => Promise<Sampled[]>): Promise<Timed> {
  let parts: Sampled[] = [];
  const ofProcess = await measureAsync(async () => {
    parts = await work();
    return COUNT;
  });
  const seconds = parts.reduce<number | null>(
    (sum, part) => (sum === null || part.seconds === null ? null : sum + part.seconds),
    0,
  );
  const totals = parts.map((part) => part.totals).reduce((a, b) => mergeTotals(a, b));
  return { work: COUNT, seconds: seconds ?? ofProcess.seconds, totals };
}
