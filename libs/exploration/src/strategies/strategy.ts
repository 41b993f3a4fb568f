/**
 * A strategy decides every choice of a run from a seed: a pure function of (program, parameters, seed). Its state lives
 * outside the machine's. Three methods carry the decision: begin, pick, executed; start and fault are the weighted draws
 * that all strategies share.
 */
import type { Machine } from '@lastref/kernel';

const { clz32, imul } = Math;

export interface Strategy {
  /** Name with version and all parameters: `rw/1`. */
  readonly name: string;
  begin(seed: number): void;
  /** Whether an optional task of this weight over 65536 starts. */
  start(weight: number): boolean;
  /** One of the candidates in the mask, which has at least one. */
  pick(machine: Machine, candidates: number): number;
  /** Whether an armed fault point of this weight over 65536 fails. */
  fault(weight: number): boolean;
  /** Called after each step. */
  executed(machine: Machine, task: number): void;
}

/** Whole range of weights. */
export const WEIGHT_RANGE = 65_536;

export const countBits = (mask: number): number => {
  const pairs = mask - ((mask >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

const CHUNK = 8;
/** Position of the n-th set bit of every 8-bit mask, by mask << 3 | n. */
const NTH = Uint8Array.from({ length: 1 << (CHUNK + 3) }, (_, i) => {
  let rest = i >> 3;
  for (let n = i & 7; n > 0; n--) rest &= rest - 1;
  return rest === 0 ? 0 : 31 - clz32(rest & -rest);
});

/** The n-th set bit of a mask, from the lowest, n from 0. */
export const nthBit = (mask: number, n: number): number => {
  let base = 0;
  for (;;) {
    const chunk = (mask >>> base) & 255;
    const bits = countBits(chunk);
    if (n < bits || base === 24) return base + (NTH[(chunk << 3) | n] ?? 0);
    n -= bits;
    base += CHUNK;
  }
};

/** The n-th candidate in the order of draws: those that need no event, then those whose time is up early. */
export const nthCandidate = (candidates: number, early: number, n: number): number => {
  if (early === 0) return nthBit(candidates, n);
  const now = candidates & ~early;
  const count = countBits(now);
  return n < count ? nthBit(now, n) : nthBit(early, n - count);
};
