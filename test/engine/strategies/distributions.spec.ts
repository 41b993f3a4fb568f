/**
 * The exact distribution of each strategy over all schedules of tiny programs, computed beside it from its definition,
 * against what its seeds give: chi-square over 20,000 fixed seeds, with a bound that a right strategy passes all but once
 * in 10^5 tries.
 */
import { flag, statics, task } from '@lastref/authoring';
import { Runner, strategyByName } from '@lastref/exploration';
import { Machine, tablesOf, type Program } from '@lastref/kernel';
import { tiny } from '../support/tiny.js';

const SEEDS = 20_000;

/** Upper 10^-5 quantile of chi-square by degrees of freedom (Wilson and Hilferty). */
const critical = (df: number): number =>
  df * (1 - 2 / (9 * df) + 4.265 * Math.sqrt(2 / (9 * df))) ** 3;

const bits = statics({
  a0: flag(),
  a1: flag(),
  a2: flag(),
  b0: flag(),
  c0: flag(),
  shared: flag(),
});

type Bit = keyof typeof bits;
const steps = (...sets: Bit[]) =>
  task(sets.join('+'), (f) => {
    for (const bit of sets) f.set_bit(bits[bit]);
  });

const program = (...tasks: Bit[][]): Program =>
  tiny({ tasks: tasks.map((sets) => steps(...sets)) });

const independent = program(['a0', 'a1'], ['b0']);
const racing = program(['shared', 'a1'], ['shared']);
const shared = program(['shared', 'shared'], ['shared']);
const three = program(['a0', 'a1', 'a2'], ['b0'], ['c0']);

type Distribution = Readonly<Record<string, number>>;

/** All interleavings of tasks with these numbers of steps, with a weight for each choice. */
function merged(
  counts: readonly number[],
  weight: (task: number, left: readonly number[]) => number,
  path = '',
  p = 1,
): Record<string, number> {
  const total = counts.reduce((sum, n, t) => sum + (n === 0 ? 0 : weight(t, counts)), 0);
  if (total === 0) return { [path]: p };
  return Object.assign(
    {},
    ...counts.flatMap((n, t) =>
      n === 0
        ? []
        : [
            merged(
              counts.with(t, n - 1),
              weight,
              path + String(t),
              (p * weight(t, counts)) / total,
            ),
          ],
    ),
  ) as Record<string, number>;
}

const add = (into: Record<string, number>, schedule: string, p: number): void => {
  into[schedule] = (into[schedule] ?? 0) + p;
};

/** All tuples of this length over 1 to k. */
const tuples = (length: number, k: number): number[][] =>
  length === 0
    ? [[]]
    : tuples(length - 1, k).flatMap((tuple) =>
        Array.from({ length: k }, (_, i) => [...tuple, i + 1]),
      );

const permutations = (items: readonly number[]): number[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, i) =>
        permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]),
      );

/** PCT by its definition, over all orders of priority and all change points. */
function pct(counts: readonly number[], depth: number, k: number): Distribution {
  const result: Record<string, number> = {};
  const orders = permutations(counts.map((_, t) => t));
  const changes = tuples(depth - 1, k);
  for (const order of orders)
    for (const points of changes) {
      const priority = order.map((rank) => depth + rank);
      const left = [...counts];
      const ready = (): number[] => left.flatMap((n, t) => (n === 0 ? [] : [t]));
      const best = (): number =>
        ready().reduce((a, b) => ((priority[b] ?? 0) > (priority[a] ?? 0) ? b : a));
      let path = '';
      for (let contested = 0; ready().length > 0;) {
        if (ready().length > 1) {
          contested++;
          points.forEach((point, i) => {
            if (point === contested) priority[best()] = i + 1;
          });
        }
        const chosen = best();
        left[chosen] = (left[chosen] ?? 0) - 1;
        path += String(chosen);
      }
      add(result, path, 1 / (orders.length * changes.length));
    }
  return result;
}

/** pb by its definition, for two tasks: everybody who may be drawn is the other one. */
function preemptionBounded(counts: readonly [number, number], c: number, k: number): Distribution {
  const result: Record<string, number> = {};
  for (let spent = 0; spent <= c; spent++)
    for (const points of tuples(spent, k))
      for (const first of [0, 1]) {
        const left = [...counts];
        let [path, last, passed] = ['', first, 0];
        while (left.some((n) => n > 0)) {
          const both = left.every((n) => n > 0);
          if (both && path !== '' && points.includes(++passed)) last = 1 - last;
          if ((left[last] ?? 0) === 0) last = 1 - last;
          left[last] = (left[last] ?? 0) - 1;
          path += String(last);
        }
        add(result, path, 1 / (2 * (c + 1) * k ** spent));
      }
  return result;
}

/** db by its definition: the same task goes on, the next one in order follows, a delay passes one over. */
function delayBounded(counts: readonly number[], d: number, k: number): Distribution {
  const result: Record<string, number> = {};
  for (let spent = 0; spent <= d; spent++)
    for (const points of tuples(spent, k)) {
      const left = [...counts];
      let [path, last] = ['', -1];
      const ready = (): number[] => left.flatMap((n, t) => (n === 0 ? [] : [t]));
      const after = (t: number): number => ready().find((u) => u > t) ?? ready()[0] ?? 0;
      for (let contested = 0; ready().length > 0;) {
        let chosen = ready().includes(last) ? last : after(last);
        if (ready().length > 1) {
          contested++;
          for (const point of points) if (point === contested) chosen = after(chosen);
        }
        left[chosen] = (left[chosen] ?? 0) - 1;
        path += String(chosen);
        last = chosen;
      }
      add(result, path, 1 / ((d + 1) * k ** spent));
    }
  return result;
}

const uniform = (): number => 1;
const byStepsLeft = (t: number, left: readonly number[]): number => left[t] ?? 0;

/** Most contested steps of a uniform walk over these programs: until one task is left. */
const K = { independent: 2, three: 4 };

describe.each<[string, string, Program, Distribution]>([
  ['rw/1', 'every candidate alike', three, merged([3, 1, 1], uniform)],
  ['urw/2', 'every interleaving alike', three, merged([3, 1, 1], byStepsLeft)],
  ['pct/1:d=1', 'every order of tasks alike', three, pct([3, 1, 1], 1, 1)],
  ['pct/1:d=2,k=4', 'one change point', three, pct([3, 1, 1], 2, 4)],
  ['pct/1:d=3', "k is the profile's", three, pct([3, 1, 1], 3, K.three)],
  ['pos/1', 'independent steps', independent, { '001': 1 / 3, '010': 1 / 6, '100': 1 / 2 }],
  ['pos/1', 'a race is drawn anew', racing, { '001': 1 / 4, '010': 1 / 4, '100': 1 / 2 }],
  ['surw/2', 'every order of accesses alike', shared, { '001': 1 / 3, '010': 1 / 3, '100': 1 / 3 }],
  ['surw/2', 'nothing shared', independent, merged([2, 1], uniform)],
  ['pb/1:c=0', 'no preemption', independent, { '001': 1 / 2, '100': 1 / 2 }],
  ['pb/1:c=2', 'up to two', independent, preemptionBounded([2, 1], 2, K.independent)],
  ['db/1:d=0', 'round robin', three, { '00012': 1 }],
  ['db/1:d=2', 'up to two delays', three, delayBounded([3, 1, 1], 2, K.three)],
])('%s, %s', (strategy, _, sampled, exact) => {
  it('has the distribution that its definition gives', () => {
    const counts: Record<string, number> = {};
    const found = strategyByName(sampled, strategy);
    if (!found.ok) throw new Error(found.message);
    const runner = new Runner(new Machine(tablesOf(sampled)), found.strategy);
    for (let seed = 0; seed < SEEDS; seed++) {
      let schedule = '';
      runner.run(seed, {
        start: () => undefined,
        step: (chosen) => (schedule += String(chosen)),
      });
      add(counts, schedule, 1);
    }
    const total = Object.values(exact).reduce((a, b) => a + b, 0);
    expect(total).toBeCloseTo(1, 12);
    expect(Object.keys(exact)).toEqual(expect.arrayContaining(Object.keys(counts)));
    const chiSquare = Object.entries(exact).reduce((sum, [schedule, p]) => {
      const expected = p * SEEDS;
      return sum + ((counts[schedule] ?? 0) - expected) ** 2 / expected;
    }, 0);
    const df = Object.keys(exact).length - 1;
    expect(chiSquare).toBeLessThan(df === 0 ? 1e-9 : critical(df));
  });
});
