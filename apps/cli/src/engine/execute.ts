/**
 * Carries out one order, synchronously. A program that goes past a bound (its own or the engine's) is answered as failed
 * with its message; any other exception is a mistake of ours and goes on.
 */
import {
  examineCut,
  exactProbabilities,
  orders,
  prove,
  TooManySignatures,
  type BatchTotals,
  type Sampler,
} from '@lastref/exploration';
import { BoundExceeded, GivenError, LimitError } from '@lastref/kernel';
import { explain, shrink } from '@lastref/shrinking';
import { FIRST_SLICE, SLICE_MS } from '../limits.js';
import type { Order, Reply } from './orders.js';
import { Samplers } from './samplers.js';
import { SeedRange } from './seed-range.js';

/** @param samplers those of the thread */
export function execute(order: Order, samplers = new Samplers()): Reply {
  try {
    return carryOut(order, samplers);
  } catch (error) {
    if (isBound(error)) return { kind: 'failed', message: error.message };
    throw error;
  }
}

const isBound = (error: unknown): error is Error =>
  error instanceof BoundExceeded ||
  error instanceof GivenError ||
  error instanceof LimitError ||
  error instanceof TooManySignatures;

function carryOut(order: Order, samplers: Samplers): Reply {
  switch (order.kind) {
    case 'sample': {
      const range = new SeedRange(order.range);
      return { kind: 'sampled', totals: samplers.use(order, (sampler) => sample(sampler, range)) };
    }
    case 'examine':
      return { kind: 'examined', runs: examineCut(order.program, order.runs, order.maxStates) };
    case 'prove':
      return { kind: 'proved', result: prove(order.program, order.options) };
    case 'probabilities': {
      const { program, maxStates } = order;
      return { kind: 'solved', result: exactProbabilities(program, { maxStates }) };
    }
    case 'orders':
      return { kind: 'ordered', result: orders(order.program, order.options) };
    case 'shrink': {
      const { program, signature, options } = order;
      return { kind: 'shrunk', result: shrink(program, signature, options) };
    }
    case 'explain': {
      const { program, schedule, signature, options } = order;
      return { kind: 'explained', result: explain(program, schedule, signature, options) };
    }
  }
}

/** Slices grow or shrink towards their target time, so that this works for programs of any length. */
function sample(sampler: Sampler, range: SeedRange): BatchTotals {
  let size = FIRST_SLICE;
  for (;;) {
    const slice = range.take(size);
    if (slice === undefined) return sampler.totals();
    const began = performance.now();
    sampler.run(slice.from, slice.count);
    range.finish(slice.count);
    const ideal = (slice.count * SLICE_MS) / Math.max(performance.now() - began, 0.01);
    size = Math.max(1, Math.min(Math.floor(ideal), size * 2));
  }
}
