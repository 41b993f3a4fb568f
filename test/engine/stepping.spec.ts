/** States of runs of the real scenarios, gone through in any direction. */
import { replay, Stepper, WayPoints } from '@lastref/exploration';
import { tablesOf, type Program, type StepState, type Trace } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import fc from 'fast-check';

const ADDRESSES = [
  'nbd/buggy/main',
  'mlx5/buggy/main',
  'smmu/buggy/main',
  'devmem/buggy/main',
  'nvmem/buggy/main',
];
const programs = ADDRESSES.map(compileAddress);

function runOf(program: Program, seed: number): Trace {
  const result = replay(program, { strategy: 'rw/1', seed });
  if (!result.ok) throw new Error(result.message);
  return result.trace;
}

const run = fc
  .tuple(fc.constantFrom(...programs), fc.nat(10_000))
  .map(([program, seed]) => ({ program, trace: runOf(program, seed) }));

const numbered = (states: readonly StepState[]): string[] =>
  states.map((state) => JSON.stringify(state));

it('are the same however they are reached, and however few are kept', () => {
  fc.assert(
    fc.property(
      run,
      fc.array(fc.nat(), { maxLength: 12 }),
      fc.integer({ min: 1, max: 9 }),
      (one, jumps, kept) => {
        const straight = new Stepper(one.program, one.trace);
        const all = numbered(Array.from({ length: straight.last + 1 }, (_, n) => straight.at(n)));
        const jumping = new Stepper(one.program, one.trace, undefined, kept);
        for (const jump of jumps) {
          const n = jump % all.length;
          expect(JSON.stringify(jumping.at(n))).toBe(all[n]);
        }
      },
    ),
    { numRuns: 25 },
  );
});

it('agree with what the steps say: changes, locks, lives of objects, who runs next', () => {
  fc.assert(
    fc.property(run, ({ program, trace }) => {
      const stepper = new Stepper(program, trace);
      for (let n = 0; n <= stepper.last; n++) {
        const state = stepper.at(n);
        const steps = trace.steps.slice(0, n);
        expect([state.n, state.step, state.next]).toEqual([n, steps[n - 1], trace.steps[n]?.task]);
        const takesNext = state.tasks.filter(({ condition }) => condition === 'next');
        expect(takesNext.map(({ task }) => task)).toEqual(n < stepper.last ? [state.next] : []);
        expect(takesNext.every(({ pc }) => pc === trace.steps[n]?.pc)).toBe(true);
        for (const { object, event } of state.step?.objects ?? []) {
          const found = state.objects.find((one) => one.object === object);
          if (event === 'allocated') expect(found).toMatchObject({ state: 'live', since: n });
          else if (found !== undefined) expect(found).toMatchObject({ state: 'freed', since: n });
        }
      }
    }),
    { numRuns: 15 },
  );
});

/** `task lock` of each that was taken and not let go. */
function heldAfter({ steps }: Trace, n: number): string[] {
  const held = new Set<string>();
  for (const { task, locks } of steps.slice(0, n))
    for (const { event, lock } of locks)
      if (event === 'release') held.delete(`${task} ${lock}`);
      else held.add(`${task} ${lock}`);
  return [...held];
}

it('hold the locks that the steps took and did not let go', () => {
  fc.assert(
    fc.property(run, ({ program, trace }) => {
      const lockNames = new Set(tablesOf(program).lockSlots.map(({ lock }) => lock));
      const stepper = new Stepper(program, trace);
      for (let n = 0; n <= stepper.last; n++) {
        const { locks } = stepper.at(n);
        const told = heldAfter(trace, n);
        const taken = locks.filter(({ since }) => since !== undefined);
        // A worker's queue and item are held in a trace, and are no locks of the state.
        const real = told.filter((held) => lockNames.has(held.slice(held.indexOf(' ') + 1)));
        expect(taken.map(({ task, lock }) => `${task} ${lock}`).sort()).toEqual(real.sort());
      }
    }),
    { numRuns: 15 },
  );
});

it('end with the tasks waiting that the trace names', () => {
  fc.assert(
    fc.property(run, ({ program, trace }) => {
      const { tasks } = new Stepper(program, trace).at(trace.steps.length);
      const waiting = tasks.flatMap(({ task, waits }) =>
        waits === undefined ? [] : [{ task, ...waits }],
      );
      if (trace.verdict.outcome !== 'cut') expect(trace.waiting).toMatchObject(waiting);
      expect(waiting.length).toBe(
        trace.verdict.outcome === 'cut' ? waiting.length : trace.waiting.length,
      );
    }),
    { numRuns: 60 },
  );
});

describe('ways through a run', () => {
  const program = compileAddress('nbd/buggy/main');
  const trace = runOf(program, 13_842);
  const ways = new WayPoints(program, trace);
  const stops = { functions: new Set(['nbd_put', 'nbd_open']), operations: new Set<number>() };

  it('stop at the same places in both directions', () => {
    const forward: number[] = [];
    for (let n = ways.onward(0, stops); n < ways.last; n = ways.onward(n, stops)) forward.push(n);
    const backward: number[] = [];
    for (let n = ways.backward(ways.last, stops); n > 0; n = ways.backward(n, stops))
      backward.unshift(n);
    expect(forward).toEqual(backward);
    expect(forward.map((n) => trace.tasks[ways.stopAt(n, stops) ?? -1])).toEqual([
      'nbd-client -d',
      'nbd-client -d',
    ]);
  });

  it('stop where a task comes to a function in which it then waits for ever', () => {
    const open = { ...stops, functions: new Set(['nbd_open']) };
    const n = ways.onward(0, open);
    expect(trace.steps.slice(n).some(({ task }) => task === 1)).toBe(false);
    expect([n < ways.last, ways.stopAt(n, open)]).toEqual([true, 1]);
  });

  it('find the steps of each task', () => {
    trace.tasks.forEach((_, task) => {
      const own = trace.steps.filter((step) => step.task === task).map(({ n }) => n);
      const found: number[] = [];
      for (let n = ways.behindStepOf(task, 0); n !== undefined; n = ways.behindStepOf(task, n))
        found.push(n);
      expect(found).toEqual(own);
    });
  });
});
