/**
 * Threads as the suites' programs have them: main creates them one by one. A creation is one step of main's, after which the
 * thread can run; a thread itself begins with its first access, so that no step is spent on what the published counts do not have.
 */
import {
  flag,
  statics,
  task,
  type Fn,
  type FunctionBuilder,
  type TaskSpec,
} from '@lastref/authoring';

export type Body = (f: FunctionBuilder) => void;
export type Thread = readonly [name: string, body: Body];

/** What main's creations store to; nobody else touches it. */
const { created } = statics({ created: flag() });

const creation = (name: string): string => `created ${name}`;

export const create = (f: FunctionBuilder, name: string): void => {
  f.milestone(creation(name));
  f.set_bit(created);
};

export const started = ([name, body]: Thread): TaskSpec =>
  task(name, body, { after: creation(name) });

/** main creates the threads in this order, then does the rest. */
export const pthreads = (threads: readonly Thread[], rest?: Body): TaskSpec[] => [
  task('main', (f) => {
    for (const [name] of threads) create(f, name);
    rest?.(f);
  }),
  ...threads.map(started),
];

/** A thread that runs a function. */
export const runs = (name: string, start_routine: Fn<[], void>): Thread => [
  name,
  (f) => {
    f.call(start_routine);
  },
];

/** n threads that run one function. */
export function times(n: number, name: string, start_routine: Fn<[], void>): Thread[] {
  const [, body] = runs(name, start_routine);
  return Array.from({ length: n }, (_, i) => [n === 1 ? name : `${name} ${i + 1}`, body]);
}
