/** Tasks of small programs, each in a function of its own, so that signatures have something to name. */
import { fn, task, type FunctionBuilder, type TaskSpec } from '@lastref/authoring';

export type Body = (f: FunctionBuilder) => void;

/** A task per function, under the function's name. */
export const named = (bodies: Readonly<Record<string, Body>>): TaskSpec[] =>
  Object.entries(bodies).map(([name, body]) => {
    const called = fn(name, 'a.c', body);
    return task(name, (f) => {
      f.call(called);
    });
  });
