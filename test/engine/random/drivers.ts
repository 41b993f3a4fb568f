/**
 * What every way of going through a program says of it, made comparable: search plain, by symmetry, reduced, both; the
 * interpreter and the walker, seed by seed; exact probabilities against sampled fractions.
 */
import {
  exactProbabilities,
  prove,
  Sampler,
  type BatchTotals,
  type ProveOptions,
  type SamplerOptions,
  type SearchResult,
} from '@lastref/exploration';
import {
  BoundExceeded,
  kindOf,
  LimitError,
  Machine,
  tablesOf,
  Xoroshiro,
  type Program,
} from '@lastref/kernel';

/** States of the plain search; a larger program is not looked at further. */
const MAX_STATES = 15_000;
/** Others may use more only if they are wrong. */
const AMPLE = 4 * MAX_STATES;
const SEEDS = 120;
/** Programs whose probabilities are worth solving for, and seeds to compare them with. */
const CHAIN_STATES = 1_500;
const FRACTION_SEEDS = 400;
/** Odds of one false alarm in a fraction: e^-40. */
const SURPRISE = 40;

/** Runs that are compared with ones loaded at every step, and their steps at most. */
const RUNS_ON = 5;
const STEPS_ON = 60;

type Bound = 'bound exceeded';

/** @returns what it says, or that some run goes past a bound, which ends it */
function unlessBound<T>(say: () => T): T | Bound {
  try {
    return say();
  } catch (error) {
    if (error instanceof BoundExceeded || error instanceof LimitError) return 'bound exceeded';
    throw error;
  }
}

const verdict = ({
  complete,
  failures,
  reports,
  reached,
  missed,
  unexecuted,
  idleTasks,
}: SearchResult) => ({
  complete,
  failures,
  reports,
  reached,
  missed,
  unexecuted,
  idleTasks,
});

const searched = (program: Program, options: ProveOptions): SearchResult | Bound =>
  unlessBound(() => prove(program, { maxStates: AMPLE, ...options }));

const SEARCHES: readonly ProveOptions[] = [
  { reduce: true },
  { symmetry: true },
  { symmetry: true, reduce: true },
];
const MEMOS: readonly SamplerOptions[] = [{}, { maxStates: 40 }];

const sampled = (program: Program, options: SamplerOptions): BatchTotals | Bound =>
  unlessBound(() => {
    const sampler = new Sampler(program, 'rw/1', options);
    sampler.run(0, SEEDS);
    return sampler.totals();
  });

/** Compares all of them. @returns the kinds that the program shows; undefined where it is too large to be searched */
export function agreedKinds(program: Program): readonly string[] | undefined {
  const plain = unlessBound(() => prove(program, { maxStates: MAX_STATES }));
  const isBound = plain === 'bound exceeded';
  if (!isBound && !plain.complete) return undefined;
  for (const options of SEARCHES) {
    const other = searched(program, options);
    if (isBound || other === 'bound exceeded') expect([options, other]).toEqual([options, plain]);
    else {
      expect([options, verdict(other)]).toEqual([options, verdict(plain)]);
      if (options.symmetry !== true) expect([options, other.ends]).toEqual([options, plain.ends]);
      expect(other.states).toBeLessThanOrEqual(plain.states);
    }
  }
  const interpreted = sampled(program, { interpret: true });
  for (const options of MEMOS)
    expect([options, sampled(program, options)]).toEqual([options, interpreted]);
  if (isBound) return ['bound'];
  expectStepsOfState(program);
  expect(interpreted).not.toBe('bound exceeded');
  if (interpreted !== 'bound exceeded') expectShown(plain, interpreted);
  if (plain.states <= CHAIN_STATES) expectLikely(program);
  return [...plain.failures, ...plain.reports].map(kindOf);
}

/** What a step does depends on the state alone: a machine that ran on and one that was put there go on alike. */
function expectStepsOfState(program: Program): void {
  const tables = tablesOf(program);
  const [runs, loaded] = [new Machine(tables), new Machine(tables)];
  const stateOf = ({ state }: Machine): number[] =>
    Array.from(state.slice(0, tables.layout.slots.length));
  for (let seed = 0; seed < RUNS_ON; seed++) {
    const draws = new Xoroshiro();
    draws.seed(seed);
    runs.reset();
    for (let steps = 0; steps < STEPS_ON; steps++) {
      loaded.load(runs.state);
      const tasks = tasksIn(runs.candidates());
      expect(loaded.candidates()).toBe(runs.candidates());
      const task = tasks[draws.pick(tasks.length)];
      if (task === undefined) break;
      const goesOn = runs.step(task, false);
      expect(loaded.step(task, false)).toBe(goesOn);
      if (!goesOn) break;
      expect(stateOf(loaded)).toEqual(stateOf(runs));
    }
  }
}

const tasksIn = (mask: number): number[] =>
  Array.from({ length: 32 }, (_, task) => task).filter((task) => (mask & (1 << task)) !== 0);

/** What samples show, the search shows. */
function expectShown(plain: SearchResult, { signatures, outside, schedules }: BatchTotals): void {
  const known = [...plain.failures, ...plain.reports];
  expect(known).toEqual(expect.arrayContaining(signatures.map(({ signature }) => signature)));
  if (outside > 0) expect(plain.ends.outside).toBeGreaterThan(0);
  expect(schedules).toBe(SEEDS);
}

/** Sampled fractions are what the probabilities say, as far as chance allows. */
function expectLikely(program: Program): void {
  const exact = exactProbabilities(program);
  if (!exact.ok) throw new Error(exact.message);
  const sampler = new Sampler(program, 'rw/1');
  sampler.run(0, FRACTION_SEEDS);
  const { signatures, outside, cut } = sampler.totals();
  const counts = new Map(signatures.map(({ signature, count }) => [signature, count]));
  for (const { signature, probability, kind } of exact.bySignature)
    if (kind !== 'livelock') expectChance(signature, counts.get(signature) ?? 0, probability);
  // A run that goes on for ever beside a task that the case keeps back is outside of it, and cut when it is sampled.
  if (cut === 0) expectChance('outside the case', outside, exact.outside);
}

function expectChance(what: string, count: number, probability: number): void {
  const surprise = FRACTION_SEEDS * divergence(count / FRACTION_SEEDS, probability);
  expect({ what, count, probability, surprising: surprise > SURPRISE }).toEqual({
    what,
    count,
    probability,
    surprising: false,
  });
}

/** Chernoff: n independent draws show the fraction q or worse with odds below e^(-n D(q, p)). */
function divergence(q: number, exact: number): number {
  const p = Math.min(1 - 1e-9, Math.max(1e-9, exact));
  const part = (a: number, b: number): number => (a === 0 ? 0 : a * Math.log(a / b));
  return part(q, p) + part(1 - q, 1 - p);
}
