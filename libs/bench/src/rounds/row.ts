/** One line of the benchmark: a ratio, what it should at least be, and the speeds behind it. */
import { median, middleHalf } from './rounds.js';

export interface Row {
  readonly name: string;
  /** null: not measured, `reason` says why. */
  readonly ratio: number | null;
  readonly target: number;
  readonly meets: boolean | null;
  /** The ratios of the middle half of the rounds: how far one run of this is to be believed. */
  readonly spread?: readonly [number, number];
  /** Medians of both sides, in `unit`. */
  readonly ours?: number;
  readonly theirs?: number;
  readonly unit?: string;
  readonly reason?: string;
  /** What else is to be known of a row that was measured. */
  readonly notes?: readonly string[];
}

/** Answers of two sides that should be the same and are not. */
export class Disagreement extends Error {
  override readonly name = 'Disagreement';
}

export function agree(what: string, ours: unknown, theirs: unknown): void {
  const [a, b] = [JSON.stringify(ours), JSON.stringify(theirs)];
  if (a !== b) throw new Disagreement(`${what}: ours ${a}, theirs ${b}`);
}

/** Three digits: more would be noise. */
const short = (value: number): number => Number(value.toPrecision(3));

/** @param rounds pairs of speeds, ours and theirs, of one round each */
export function row(
  name: string,
  target: number,
  unit: string,
  rounds: readonly (readonly [number, number])[],
): Row {
  const ratios = rounds.map(([ours, theirs]) => ours / theirs);
  const ratio = median(ratios);
  const [low, high] = middleHalf(ratios);
  return {
    name,
    ratio: short(ratio),
    target,
    meets: ratio >= target,
    spread: [short(low), short(high)],
    ours: short(median(rounds.map(([ours]) => ours))),
    theirs: short(median(rounds.map(([, theirs]) => theirs))),
    unit,
  };
}

export const absent = (name: string, target: number, reason: string): Row => ({
  name,
  ratio: null,
  target,
  meets: null,
  reason,
});
