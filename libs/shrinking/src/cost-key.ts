/**
 * A cost vector events/preemptions/switches/steps as one number that compares like the vector: 8, 10, 14 and 20 bits of
 * a double's 53. Relations are checked where a key is made; a run longer than that is refused, never misordered.
 */
import { assert, type Cost } from '@lastref/kernel';

const STEPS = 2 ** 20;
const SWITCHES = 2 ** 14;
const PREEMPTIONS = 2 ** 10;
const EVENTS = 2 ** 8;

export const STEP = 1;
export const SWITCH = STEPS;
export const PREEMPTION = SWITCH * SWITCHES;
export const EVENT = PREEMPTION * PREEMPTIONS;
/** Larger than every cost. */
export const INFINITE = EVENT * EVENTS;

export function keyToCost(key: number): Cost {
  assert(key < INFINITE, 'the cost of a run passes what a key holds');
  return {
    events: Math.floor(key / EVENT),
    preemptions: Math.floor(key / PREEMPTION) % PREEMPTIONS,
    switches: Math.floor(key / SWITCH) % SWITCHES,
    steps: key % STEPS,
  };
}

/** `events/preemptions/switches`: the layer that the certificate counts by. */
export function layerOf(key: number): string {
  const { events, preemptions, switches } = keyToCost(key);
  return `${events}/${preemptions}/${switches}`;
}
