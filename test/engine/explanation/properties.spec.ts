/** What an explanation claims of random programs, judged by every run that there is, and by exchanging steps on the machine. */
import { replay } from '@lastref/exploration';
import { BoundExceeded, isReport, kindOf, LimitError, type Program } from '@lastref/kernel';
import { explain, shrink, type Explanation } from '@lastref/shrinking';
import fc from 'fast-check';
import { orderOf } from '../../../libs/shrinking/src/explanation/adjacent-pairs.js';
import { Dependence } from '../../../libs/shrinking/src/explanation/dependence.js';
import { recordRun } from '../../../libs/shrinking/src/explanation/recorded-run.js';
import { buildGenerated, generatedProgram } from '../random/programs.js';
import { compared, failing } from '../shrink/support.js';
import { Brute } from './brute.js';

const RUNS = Number(process.env['EXPLAIN_RUNS'] ?? 40);

interface Explained {
  readonly program: Program;
  readonly explanation: Explanation;
}

/** Every failure that 50 seeds show, shrunk and explained. */
function explainedOf(program: Program): Explained[] {
  return failing(program, 'rw/1', 50).flatMap(({ signature }) => {
    const minimum = shrink(program, signature);
    if (!minimum.ok) return [];
    const told = explain(program, minimum.reproduction.schedule, signature);
    if (!told.ok) throw new Error(told.message);
    return [{ program, explanation: told.explanation }];
  });
}

/** Runs past a bound of the program are no business of these properties. */
function each(check: (program: Program) => void): void {
  fc.assert(
    fc.property(generatedProgram, (spec) => {
      const program = buildGenerated(spec);
      if (program === undefined) return;
      try {
        check(program);
      } catch (error) {
        if (!(error instanceof BoundExceeded) && !(error instanceof LimitError)) throw error;
      }
    }),
    { numRuns: RUNS, seed: 7 },
  );
}

/** The choices of the first steps; a choice of a fault belongs to its step, so the longest that has as many. */
function firstSteps(program: Program, schedule: string, steps: number): string {
  for (let length = schedule.length; length >= 0; length--) {
    const part = replay(program, { schedule: schedule.slice(0, length) });
    if (part.ok && part.trace.steps.length === steps) return part.trace.schedule;
  }
  throw new Error(`no prefix of ${schedule} has ${steps} steps`);
}

/** A report ends no run. */
const endsRun = ({ signature }: Explanation): boolean =>
  !isReport(kindOf(signature)) && kindOf(signature) !== 'livelock';

it('steps that are said to be independent give the same state in either order', () => {
  let exchanged = 0;
  each((program) => {
    const dependence = new Dependence(program, recordRunOf(program, 0).machine.tables);
    for (let seed = 0; seed < 5; seed++) exchanged += exchangesOf(program, seed, dependence);
  });
  expect(exchanged).toBeGreaterThan(50);
});

function recordRunOf(program: Program, seed: number): ReturnType<typeof recordRun> {
  const run = replay(program, { strategy: 'rw/1', seed });
  if (!run.ok) throw new Error(run.message);
  return recordRun(program, run.trace);
}

function exchangesOf(program: Program, seed: number, dependence: Dependence): number {
  const run = recordRunOf(program, seed);
  const order = orderOf(run, dependence);
  const { machine, steps, starts } = run;
  const optional = program.tasks.flatMap((decl, t) => (decl.optional === undefined ? [] : [t]));
  const size = machine.tables.layout.slots.length;
  let exchanged = 0;
  machine.reset();
  optional.forEach((task, i) => {
    if (starts[i] === true) machine.startTask(task);
  });
  for (const [n, a] of steps.entries()) {
    const b = steps[n + 1];
    const before = machine.state.slice(0, size);
    if (!machine.step(a.task, a.fault)) return exchanged;
    const between = machine.state.slice(0, size);
    if (b === undefined || order.follows(n + 1, n) || dependence.onlyExclude(a, b)) continue;
    const ok = machine.step(b.task, b.fault);
    const inOrder = ok ? machine.state.slice(0, size).join() : machine.failure.signature();
    machine.load(before);
    expect((machine.candidates() >> b.task) & 1).toBe(1);
    const first = machine.step(b.task, b.fault);
    expect(first).toBe(ok);
    if (first) {
      expect((machine.candidates() >> a.task) & 1).toBe(1);
      expect(machine.step(a.task, a.fault)).toBe(true);
      expect(machine.state.slice(0, size).join()).toBe(inOrder);
    } else expect(machine.failure.signature()).toBe(inOrder);
    exchanged++;
    machine.load(between);
  }
  return exchanged;
}

describe('of random programs', () => {
  const judged = { certain: 0, nearest: 0 };

  it('what it claims is so', () => {
    each((program) => {
      const brute = new Brute(program);
      for (const { explanation } of explainedOf(program)) {
        if (!endsRun(explanation)) continue;
        judged.certain += isCertain(program, brute, explanation);
        judged.nearest += isNearest(program, brute, explanation);
      }
    });
    expect(judged.certain).toBeGreaterThan(25);
    expect(judged.nearest).toBeGreaterThan(5);
  });
});

/** Behind the step no run gets by without failing, and before it one does, or goes on for ever. @returns whether that was judged */
function isCertain(program: Program, brute: Brute, explanation: Explanation): number {
  const { certain, schedule, signature } = explanation;
  if (!certain.computed) return 0;
  const at = (step: number): ReturnType<Brute['outcomes']> => {
    const state = step < 0 ? null : brute.behind(firstSteps(program, schedule, step));
    return state === null ? null : brute.outcomes(state);
  };
  const [fails, before, same] = [certain.failure, certain.failure - 1, certain.signature].map(at);
  expect(fails?.ends ?? false).toBe(false);
  if (before?.ends === false) expect(hasLoop(program)).toBe(true);
  expect([...(same?.signatures ?? [signature])]).toEqual([signature]);
  return 1;
}

/** Only a program with a loop, or items that queue themselves, can have runs that never end. */
const hasLoop = ({ code, works }: Program): boolean =>
  works.length > 0 || code.some(({ head }) => head === true);

/** It passes, shares what it says, no run that shares more passes, and none of 50 others that share as much is cheaper. */
function isNearest(program: Program, brute: Brute, explanation: Explanation): number {
  const { nearest, schedule } = explanation;
  if (nearest === null) return 0;
  const passing = replay(program, { schedule: nearest.schedule });
  if (!passing.ok) throw new Error(passing.message);
  expect(passing.trace.verdict.outcome).toBe('clean');
  expect(passing.trace.cost).toEqual(nearest.cost);
  const shared = firstSteps(program, schedule, nearest.shared);
  expect(nearest.schedule.startsWith(shared)).toBe(true);
  if (nearest.grade !== 'exact') return 0;
  const behind = brute.behind(firstSteps(program, schedule, nearest.shared + 1));
  const rest = behind === null ? null : brute.outcomes(behind);
  expect(rest?.clean ?? false).toBe(false);
  for (let seed = 0; seed < 50; seed++) {
    const other = replay(program, { strategy: 'rw/1', seed });
    if (!other.ok || other.trace.verdict.outcome !== 'clean') continue;
    if (other.trace.schedule.startsWith(shared))
      expect(compared(other.trace.cost, nearest.cost)).toBeGreaterThanOrEqual(0);
  }
  return 1;
}
