/**
 * Rounds of two builds become a row. What noise is, is measured in the same rounds: the other build a second time, in a process
 * of its own. A row is worse than before if the whole middle half of its ratios lies below that of the noise.
 */
import { middleHalf, speed } from '../rounds/rounds.js';
import { row, type Row } from '../rounds/row.js';
import type { EngineRound } from './engine-build.js';
import type { EngineTask } from './tasks.js';

export interface AgainstRound {
  readonly now: EngineRound;
  readonly before: EngineRound;
  /** The other build once more. */
  readonly again: EngineRound;
}

export function judge(name: string, { driver }: EngineTask, rounds: readonly AgainstRound[]): Row {
  const noise = rounds.map(({ before, again }) => speed(again) / speed(before));
  const [low, high] = middleHalf(noise);
  const pairs = rounds.map(({ now, before }) => [speed(now), speed(before)] as const);
  const unit = driver.endsWith('search') ? 'searches/s' : 'schedules/s';
  const target = Math.min(1, low);
  const judged = row(name, target, unit, pairs);
  const [, best] = middleHalf(pairs.map(([now, before]) => now / before));
  const notes = [`noise ${short(low)} to ${short(high)}`, ...differences(rounds)];
  return { ...judged, target: short(target), meets: best >= target, notes };
}

const short = (value: number): number => Number(value.toPrecision(3));

/** Answers may change from one build to another; a ratio is then one of different work, and says so. */
function differences(rounds: readonly AgainstRound[]): string[] {
  const [first] = rounds;
  if (first === undefined) return [];
  const [now, before] = [JSON.stringify(first.now.answer), JSON.stringify(first.before.answer)];
  return now === before ? [] : [`the answers differ: now ${now}, before ${before}`];
}
