/**
 * What a strategy prints as its bound is true: on random small programs, with workers and tasks that others start, the exact
 * probability of what it speaks of, by enumeration of all its draws, is at least the printed number. PROMISE_PROGRAMS says how
 * many programs, 200 for a thorough look.
 */
import { boundText } from '@lastref/exploration';
import { conflicts, slotTouched, specOf, type Program } from '@lastref/kernel';
import fc from 'fast-check';
import { enumerate, probabilities, type EnumeratedRun } from './enumerate.js';
import { build, smallProgram } from './small-programs.js';

const PROGRAMS = Number(process.env['PROMISE_PROGRAMS'] ?? 24);
const SEED = 14;
const MOST_RUNS = 40_000;
/** Of sums of floating-point probabilities. */
const ROUNDING = 1e-12;

const ONE_RUN = { schedules: 1, failed: 1, clean: 0, outside: 0, cut: 0 };
const printed = (program: Program, name: string): string => boundText(program, name, ONE_RUN);

function numberIn(text: string, pattern: RegExp): number {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`no number in '${text}'`);
  return found.startsWith('10^') ? 10 ** Number(found.slice(3)) : Number(found);
}
const NUMBER = '(10\\^-?[0-9.]+|[0-9.e-]+)';
const sizes = (text: string): { n: number; k: number } => ({
  n: numberIn(text, /n = ([0-9]+)/),
  k: numberIn(text, /k = ([0-9]+)/),
});

const isContested = (mask: number): boolean => (mask & (mask - 1)) !== 0;
const contested = ({ candidates }: EnumeratedRun): number => candidates.filter(isContested).length;
const schedule = (run: EnumeratedRun): string => run.schedule.join('');

/** What every task does is the same in every run, and nothing keeps it from that. */
const isStraight = ({ code }: Program): boolean =>
  code.every(({ op, alt }, pc) => pc === 0 || (specOf(op).wait === 'never' && alt === undefined));

/** Each step as its task and its number among the task's. */
const stepsOf = ({ schedule: tasks }: EnumeratedRun): string[] =>
  tasks.map((task, i) => `${task}.${tasks.slice(0, i).filter((t) => t === task).length}`);

/** All "this step before that one" of two tasks. */
function precedences(
  run: EnumeratedRun,
  isMeant: (i: number, j: number) => boolean = () => true,
): string[] {
  const steps = stepsOf(run);
  const { schedule: tasks } = run;
  return steps.flatMap((a, i) =>
    steps.flatMap((b, j) =>
      i < j && tasks[i] !== tasks[j] && isMeant(i, j) ? [`${a} before ${b}`] : [],
    ),
  );
}

/** The order of accesses per slot. */
const ordersOf = (run: EnumeratedRun): Map<number, string> => {
  const orders = new Map<number, string>();
  run.prints.forEach((print, i) => {
    const slot = slotTouched(print);
    if (slot >= 0) orders.set(slot, `${orders.get(slot) ?? ''}${run.schedule[i] ?? ''}`);
  });
  return orders;
};

/** Preemptions, and free switches with the first choice, as pb counts its draws. */
function switches({ schedule: tasks, candidates }: EnumeratedRun): { taken: number; free: number } {
  let [taken, free] = [0, 0];
  tasks.forEach((task, i) => {
    const mask = candidates[i] ?? 0;
    const last = tasks[i - 1];
    if (!isContested(mask)) return;
    if (last === undefined || (mask & (1 << last)) === 0) free++;
    else if (last !== task) taken++;
  });
  return { taken, free };
}

interface Enumerated {
  readonly program: Program;
  /** Every schedule there is. */
  readonly all: readonly EnumeratedRun[];
  readonly text: string;
  readonly runs: readonly EnumeratedRun[];
}

/** @returns how often the check found something to check */
function onSmallPrograms(name: string, check: (of: Enumerated) => boolean): number {
  let checked = 0;
  fc.assert(
    fc.property(smallProgram, (small) => {
      const program = build(small);
      const all = enumerate(program, 'rw/1', MOST_RUNS);
      const runs = enumerate(program, name, MOST_RUNS);
      if (all === undefined || runs === undefined) return;
      expect(runs.reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1, 9);
      if (check({ program, all, runs, text: printed(program, name) })) checked++;
    }),
    { numRuns: PROGRAMS, seed: SEED },
  );
  return checked;
}

const atLeast = (sums: ReadonlyMap<string, number>, what: string, p: number): void => {
  expect([what, (sums.get(what) ?? 0) + ROUNDING >= p]).toEqual([what, true]);
};

describe('what is printed as the bound holds', () => {
  it('of rw/1, for every schedule', () => {
    const checked = onSmallPrograms('rw/1', ({ all, text }) => {
      const p = numberIn(text, new RegExp(`n\\^-k = ${NUMBER}`));
      const { k } = sizes(text);
      const sums = probabilities(all, (run) => [schedule(run)]);
      for (const run of all) if (contested(run) <= k) atLeast(sums, schedule(run), p);
      return true;
    });
    expect(checked).toBeGreaterThan(PROGRAMS / 2);
  });

  it('of urw/2, for every interleaving', () => {
    const checked = onSmallPrograms('urw/2', ({ all, runs, text }) => {
      if (text.includes('no bound')) return false;
      const p = numberIn(text, new RegExp(`p >= ${NUMBER}`));
      const sums = probabilities(runs, (run) => [schedule(run)]);
      for (const run of all) atLeast(sums, schedule(run), p);
      return true;
    });
    expect(checked).toBeGreaterThan(PROGRAMS / 4);
  });

  it('of surw/2, for every order of the accesses to a location', () => {
    const checked = onSmallPrograms('surw/2', ({ all, runs, text }) => {
      const found = /to one of (?:([0-9]+) of )?([0-9]+) shared/.exec(text);
      if (found === null) return false;
      const p = numberIn(text, new RegExp(`p >= ${NUMBER}`));
      const told = (run: EnumeratedRun): string[] =>
        [...ordersOf(run)].map(([slot, order]) => `${slot}: ${order}`);
      const sums = probabilities(runs, told);
      const held = new Map<string, boolean>();
      for (const what of all.flatMap(told)) {
        const slot = what.split(':')[0] ?? '';
        held.set(slot, (held.get(slot) ?? true) && (sums.get(what) ?? 0) + ROUNDING >= p);
      }
      const shared = [...held].filter(([slot]) =>
        all.some((run) => new Set(ordersOf(run).get(Number(slot))).size > 1),
      );
      const of = Number(found[1] ?? found[2]);
      expect(shared.filter(([, holds]) => holds).length).toBeGreaterThanOrEqual(of);
      return true;
    });
    expect(checked).toBeGreaterThan(PROGRAMS / 4);
  });

  it.each(['pct/1:d=1', 'pct/1:d=2'])('of %s, for as many precedences as its depth', (name) => {
    const checked = onSmallPrograms(name, ({ program, all, runs, text }) => {
      const { n, k } = sizes(text);
      if (!isStraight(program) || all.some((run) => contested(run) > k)) return false;
      const told = (run: EnumeratedRun): string[] => {
        const single = precedences(run);
        if (name.endsWith('1')) return single;
        return single.flatMap((a) => single.map((b) => `${a} and ${b}`));
      };
      const sums = probabilities(runs, told);
      const p = name.endsWith('1') ? 1 / n : 1 / (n * k);
      for (const what of new Set(all.flatMap(told))) atLeast(sums, what, p);
      return true;
    });
    expect(checked).toBeGreaterThan(PROGRAMS / 4);
  });

  it('of pb/1, for runs of so many preemptions and free switches', () => {
    const checked = onSmallPrograms('pb/1:c=1', ({ all, runs, text }) => {
      const { n, k } = sizes(text);
      const sums = probabilities(runs, (run) => [schedule(run)]);
      for (const run of all) {
        const { taken, free } = switches(run);
        if (taken === 1 && free <= n - 1 && contested(run) <= k)
          atLeast(sums, schedule(run), 1 / (2 * k * n ** n));
      }
      return true;
    });
    expect(checked).toBeGreaterThan(PROGRAMS / 2);
  });

  it('of db/1, for what its delays lead to', () => {
    const checked = onSmallPrograms('db/1:d=2', ({ runs, text }) => {
      const { k } = sizes(text);
      const sums = probabilities(runs, (run) => [schedule(run)]);
      for (const run of runs) atLeast(sums, schedule(run), 1 / (3 * k ** 2));
      return true;
    });
    expect(checked).toBeGreaterThan(PROGRAMS / 2);
  });

  it('of pair/1, for the order of any two accesses that conflict', () => {
    const checked = onSmallPrograms('pair/1:d=1', ({ program, all, runs, text }) => {
      if (!isStraight(program) || text.includes('no pair')) return false;
      const p = numberIn(text, new RegExp(`p >= ${NUMBER}`));
      const told = (run: EnumeratedRun): string[] =>
        precedences(run, (i, j) => conflicts(run.prints[i] ?? 0, run.prints[j] ?? 0));
      const sums = probabilities(runs, told);
      for (const what of new Set(all.flatMap(told))) atLeast(sums, what, p);
      return true;
    });
    expect(checked).toBeGreaterThan(PROGRAMS / 6);
  });
});
