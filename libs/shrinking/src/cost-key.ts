/**
 * A cost vector as one number that compares like the vector: 8, 10, 14 and 20 bits of a double's 53 for events, preemptions,
 * switches and steps. Two orders: events first is the order of costs; preemptions first is the order in which "at most c
 * preemptions" is searched, c = 0, 1, 2 ... Relations are checked where a key is made; a run longer than that is refused,
 * never misordered.
 */
import { assert, type Cost } from '@lastref/kernel';

const STEPS = 2 ** 20;
const SWITCHES = 2 ** 14;
const PREEMPTIONS = 2 ** 10;
const EVENTS = 2 ** 8;

/** What a step, a switch, a preemption and an event weigh in a key. */
export interface Order {
  readonly step: number;
  readonly switch: number;
  readonly preemption: number;
  readonly event: number;
}

const [STEP, SWITCH, ABOVE] = [1, STEPS, STEPS * SWITCHES];

export const EVENTS_FIRST: Order = {
  step: STEP,
  switch: SWITCH,
  preemption: ABOVE,
  event: ABOVE * PREEMPTIONS,
};

export const PREEMPTIONS_FIRST: Order = {
  step: STEP,
  switch: SWITCH,
  event: ABOVE,
  preemption: ABOVE * EVENTS,
};

/** Larger than every cost. */
export const INFINITE = ABOVE * PREEMPTIONS * EVENTS;

export function keyToCost(key: number, order: Order = EVENTS_FIRST): Cost {
  assert(key < INFINITE, 'the cost of a run passes what a key holds');
  return {
    events: Math.floor(key / order.event) % EVENTS,
    preemptions: Math.floor(key / order.preemption) % PREEMPTIONS,
    switches: Math.floor(key / SWITCH) % SWITCHES,
    steps: key % STEPS,
  };
}

/** The key of a cost; INFINITE if it does not fit one. */
export function costToKey({ events, preemptions, switches, steps }: Cost): number {
  if (events >= EVENTS || preemptions >= PREEMPTIONS || switches >= SWITCHES || steps >= STEPS)
    return INFINITE;
  const { event, preemption } = EVENTS_FIRST;
  return events * event + preemptions * preemption + switches * SWITCH + steps;
}

/** A key of another order in the order of costs. */
export const inOrderOfCosts = (key: number, order: Order): number =>
  order === EVENTS_FIRST ? key : costToKey(keyToCost(key, order));

/** `events/preemptions/switches`: the layer that the certificate counts by. */
export function layerOf({ events, preemptions, switches }: Cost): string {
  return `${events}/${preemptions}/${switches}`;
}
