/** A page of the states of a run: as many as are asked for and fit. */
import { replay, Stepper } from '@lastref/exploration';
import { parseProgram, type StepState } from '@lastref/kernel';
import type { EngineAnswer, EngineJob } from './engine-jobs.js';

export const NOT_RUN = {
  kind: 'refused',
  message: 'this version of the engine does not run the program',
} as const;

type StepsJob = Extract<EngineJob, { kind: 'steps' }>;

export function tellSteps({
  program,
  how,
  maxSteps,
  from,
  limit,
  mostBytes,
}: StepsJob): EngineAnswer {
  const parsed = parseProgram(JSON.parse(program));
  if (!parsed.ok) return NOT_RUN;
  const result = replay(parsed.program, how);
  if (!result.ok) return { kind: 'refused', message: result.message };
  const { trace } = result;
  const steps = trace.steps.length;
  if (steps > maxSteps) return { kind: 'too-long', steps };
  if (from > steps)
    return { kind: 'refused', message: `the run has ${steps} steps, from is ${from}` };
  const stepper = new Stepper(parsed.program, trace);
  const states: StepState[] = [];
  let bytes = 0;
  for (let n = from; n <= steps && states.length < limit; n++) {
    const state = stepper.at(n);
    bytes += Buffer.byteLength(JSON.stringify(state)) + 1;
    if (bytes > mostBytes && states.length > 0) break;
    states.push(state);
  }
  const behind = from + states.length;
  const { address, tasks, verdict } = trace;
  const next = behind <= steps ? behind : null;
  return { kind: 'stepped', run: { address, tasks, verdict, steps, states, next } };
}
