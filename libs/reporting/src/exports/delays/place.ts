/**
 * Where in the code a hold goes: between the last line its task executed and the next. If it enters or leaves a function in
 * between, that is the place, since a probe can stand there; if both lines are in one function, between them.
 */
import type { Trace, TraceStep, WaitingTask } from '@lastref/kernel';
import { functionOf } from '../../facts/names.js';
import type { Hold } from './holds.js';

export interface Place {
  /** The function that holds the place, as call traces spell it; undefined outside of functions. */
  readonly within: string | undefined;
  readonly after: string | undefined;
  readonly before: string | undefined;
  /** The function that is entered here, for a probe at its head. */
  readonly entered?: string;
  /** The function that has returned here, for a probe at its end. */
  readonly left?: string;
  /** Both lines are halves of one call, which has no line in between. */
  readonly inside?: string;
  /** How often the task has passed the line before, this time included. */
  readonly pass: number;
  /** Others pass it too in this run. */
  readonly others: readonly number[];
}

type Line = Pick<TraceStep | WaitingTask, 'text' | 'calls' | 'function'>;

export function placeOf(trace: Trace, hold: Hold): Place {
  const last = hold.raised === true ? undefined : trace.steps[hold.after - 1];
  const next: Line | undefined =
    hold.before === undefined
      ? trace.waiting.find(({ task }) => task === hold.task)
      : trace.steps[hold.before - 1];
  const [from, to] = [stackOf(last), stackOf(next)];
  let common = 0;
  while (common < from.length && from[common] === to[common]) common++;
  const entered = next === undefined ? undefined : to[common];
  const left = next === undefined ? undefined : from[common];
  const passes = passesOf(trace, last);
  return {
    within: next === undefined ? from[from.length - 1] : (to[common - 1] ?? from[common - 1]),
    after: last?.text,
    before: entered === undefined ? next?.text : `${functionOf(entered)}()`,
    ...(entered === undefined ? {} : { entered }),
    ...(left === undefined || entered !== undefined ? {} : { left }),
    ...(last !== undefined && next?.text === `${last.text} returns` ? { inside: last.text } : {}),
    pass: passes.filter(({ task, n }) => task === hold.task && n <= hold.after).length,
    others: [...new Set(passes.map(({ task }) => task))].filter((task) => task !== hold.task),
  };
}

/** Outermost first. */
const stackOf = (line: Line | undefined): string[] => [...(line?.calls ?? [])].reverse();

const passesOf = ({ steps }: Trace, line: TraceStep | undefined): TraceStep[] =>
  line === undefined
    ? []
    : steps.filter(({ text, calls }) => text === line.text && calls[0] === line.calls[0]);
