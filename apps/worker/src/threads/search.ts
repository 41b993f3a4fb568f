/**
 * Carries out one search of any length. Its pulse is how it is heard: progress goes into shared memory, and a cancel thrown
 * from there ends it. A program that goes past a bound it declares, or has no such orders, has no answer: that is a refusal,
 * and running it again would change nothing.
 */
import type { Orders } from '@lastref/contracts';
import { orders, prove, type OrdersResult } from '@lastref/exploration';
import { BoundExceeded, GivenError, LimitError, type Program } from '@lastref/kernel';
import { shrink } from '@lastref/shrinking';
import { Control } from './control.js';
import type { Answer, SearchOrder } from './messages.js';
import { shrunk } from './shrunk.js';

class Cancelled extends Error {}

export function search(program: Program, order: SearchOrder): Answer {
  const control = new Control(order.control);
  const pulse = (states: number): void => {
    control.advance(states);
    if (control.cancelled) throw new Cancelled();
  };
  try {
    return carryOut(program, order, pulse);
  } catch (error) {
    if (error instanceof Cancelled) return { kind: 'cancelled' };
    if (isBound(error)) return { kind: 'refused', message: error.message };
    throw error;
  }
}

const isBound = (error: unknown): error is Error =>
  error instanceof BoundExceeded || error instanceof GivenError || error instanceof LimitError;

function carryOut(program: Program, order: SearchOrder, pulse: (states: number) => void): Answer {
  switch (order.kind) {
    case 'prove': {
      const { maxStates, maxBytes, symmetry, reduce } = order;
      const budget = { maxStates, maxBytes, pulse };
      return { kind: 'proved', search: prove(program, { ...budget, symmetry, reduce }) };
    }
    case 'orders': {
      const { maxStates, maxBytes, milestones } = order;
      const named = milestones === undefined ? {} : { milestones };
      return ordered(orders(program, { maxStates, maxBytes, pulse, ...named }));
    }
    case 'shrink-run': {
      const { signature, start, maxNodes } = order;
      const from = start === null ? undefined : { schedule: start };
      // A run that is tried expands no state, and is progress nevertheless.
      const alive = (states: number): void => {
        pulse(Math.max(states, 1));
      };
      return shrunk(shrink(program, signature, { start: from, maxNodes, pulse: alive }));
    }
  }
}

function ordered(result: OrdersResult): Answer {
  if (!result.ok) return { kind: 'refused', message: result.message };
  const { program, address, milestones, complete, states, transitions, early } = result;
  const table = { program, address, milestones, states, transitions, early };
  const found: Orders = { ...table, proved: complete, orders: result.orders };
  return { kind: 'ordered', orders: found };
}
