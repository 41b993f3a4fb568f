/**
 * A strategy decides every choice of a run from a seed: a pure function of (program, parameters, seed). Its state lives
 * outside the machine's. Three methods carry the decision: begin, pick, executed; start and fault are the weighted draws
 * that all strategies share.
 */
import type { Machine } from '@lastref/kernel';

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
  let n = 0;
  for (let m = mask; m !== 0; m &= m - 1) n++;
  return n;
};

/** The n-th set bit of a mask, from the lowest, n from 0. */
export const nthBit = (mask: number, n: number): number => {
  let m = mask;
  for (let i = 0; i < n; i++) m &= m - 1;
  return 31 - Math.clz32(m & -m);
};
