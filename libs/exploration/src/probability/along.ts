/**
 * How the probability of one failure moves along one schedule: before any choice, and after each step that of a run which
 * goes on from there under rw/1. Where it reaches one the failure has become certain, whatever is scheduled next.
 */
import { at, type Program } from '@lastref/kernel';
import { decodeChoice } from '../replay/schedule.js';
import { DEFAULT_MAX_STATES } from '../search/prove.js';
import { absorptionOf, tooLarge, type Refused } from './absorption-of.js';
import { Chain } from './chain.js';
import type { ProbabilityOptions } from './exact.js';

export interface ProbabilityAlong {
  readonly ok: true;
  /** At time 0, before it is known which optional tasks start. */
  readonly before: number;
  /** At time 0, with the optional tasks of this schedule. */
  readonly started: number;
  /** After each step. */
  readonly steps: readonly number[];
  /** Number of the step, from 1, after which the failure is certain; 0 if it is from the start; null if never. */
  readonly certainAt: number | null;
}

/** What rounding may leave of one. */
const CERTAIN = 1 - 1e-9;

/** @param schedule as a trace holds it, @param signature of a failure; reports are about runs, not states */
export function probabilityAlong(
  program: Program,
  schedule: string,
  signature: string,
  { maxStates = DEFAULT_MAX_STATES }: ProbabilityOptions = {},
): ProbabilityAlong | Refused {
  const chain = new Chain(program);
  if (!chain.build(maxStates)) return tooLarge(program, maxStates);
  const absorption = absorptionOf(program, chain);
  const { machine } = chain.graph;
  const choices = Array.from(schedule, decodeChoice);
  const optional = program.tasks.flatMap((task, t) => (task.optional === undefined ? [] : [t]));
  let position = optional.length;
  machine.reset();
  optional.forEach((task, i) => {
    if (choices[i] === 1) machine.startTask(task);
  });
  const started = absorption.at(signature, chain.intern());
  const steps: number[] = [];
  while (position < choices.length) {
    const task = at(choices, position++);
    if (task < 0 || (machine.candidates() & (1 << task)) === 0)
      return { ok: false, message: `choice ${position} of the schedule cannot be taken` };
    const fault = machine.faultArmed(task) && choices[position++] === 1;
    if (!machine.step(task, fault)) {
      steps.push(machine.failure.signature() === signature ? 1 : 0);
      break;
    }
    steps.push(absorption.at(signature, chain.intern()));
  }
  const first = [started, ...steps].findIndex((p) => p >= CERTAIN);
  return {
    ok: true,
    before: absorption.atStart(signature),
    started,
    steps,
    certainAt: first < 0 ? null : first,
  };
}
