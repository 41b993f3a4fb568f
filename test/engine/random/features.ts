/**
 * Features of generated programs that the engine is known to get wrong, one switch each: a program that has one which is
 * off is not asked for. Here is the only place that says so; a fault is mended when its line is gone or says `true`.
 */
import type { OpName, Program } from '@lastref/kernel';

interface Feature {
  readonly on: boolean;
  readonly has: (program: Program) => boolean;
}

const isTimed = (op: OpName): boolean => op === 'wait_for_completion_timeout';

const hasTwins = ({ tasks }: Program): boolean =>
  new Set(tasks.map(({ body, optional, after }) => JSON.stringify([body, optional, after]))).size <
  tasks.length;

export const FEATURES = {
  /** Timeouts fire in the order of the program, which an exchange of tasks changes. */
  timeoutsBesideTwins: {
    on: true,
    has: (program) => program.code.some(({ op }) => isTimed(op)) && hasTwins(program),
  },
  /** Which slots become free depends on the order in which objects died, which is in no state. */
  reuse: { on: false, has: ({ reuse }) => reuse === 'zeroed' },
  /** A timeout fires although `order` forbids the step. */
  timeoutsUnderOrder: {
    on: true,
    has: ({ code, order }) =>
      code.some(({ op, milestone }) => isTimed(op) && order.some(([, late]) => late === milestone)),
  },
} satisfies Record<string, Feature>;

/** Whether all features of the program are on. */
export const isOn = (program: Program): boolean =>
  Object.values<Feature>(FEATURES).every(({ on, has }) => on || !has(program));
