/**
 * Orders of milestones: which occur, and with what verdict. What one search says of all orders is what a search under each
 * order alone says, on shipped programs; small programs show the rest.
 */
import { flag, statics, Struct, task, type FunctionBuilder } from '@lastref/authoring';
import { orders, prove, type OrdersOptions, type OrderTable } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { tiny, type TinyCase } from '../support/tiny.js';

function tableOf(program: Program, options: OrdersOptions = {}): OrderTable {
  const result = orders(program, options);
  if (!result.ok) throw new Error(result.message);
  return result;
}

/** What a search of the program says in which this order is the only one. */
function underOrder(
  program: Program,
  order: readonly string[],
): { readonly failures: readonly string[]; readonly clean: boolean } {
  const numbers = order.map((name) => program.milestones.indexOf(name));
  const pairs = numbers.slice(1).map((later, i): [number, number] => [numbers[i] ?? -1, later]);
  const { failures, ends } = prove({ ...program, order: [...program.order, ...pairs] });
  return { failures, clean: ends.clean > 0 };
}

it.each([
  'devmem/buggy/main',
  'devmem/buggy/overlap-on-device-lock',
  'devmem/fixed/main',
  'devmem/flag-only/main',
  'devmem/patch-v2/main',
  'devmem/hold-never-put/main',
])('%s: one search agrees with one under each order', (address) => {
  const program = compileAddress(address);
  const { complete, orders: rows, early } = tableOf(program);
  expect({ complete, early }).toEqual({ complete: true, early: { clean: false, failures: [] } });
  for (const { order, occurs, clean, failures } of rows) {
    const under = underOrder(program, order);
    expect({ order, clean, failures }).toEqual({ order, ...under });
    expect(occurs).toBe(under.clean || under.failures.length > 0);
  }
});

it('devmem/buggy: three orders occur, three never do, one panics: the table of the report', () => {
  const panic = 'use-after-free@netdev_nl_sock_priv_destroy(net_device freed by free_netdev)';
  const rows = tableOf(compileAddress('devmem/buggy/main')).orders;
  expect(rows.filter(({ occurs }) => occurs)).toEqual([
    {
      order: ['close', 'pool-destroyed', 'uninstalled'],
      occurs: true,
      clean: true,
      failures: [],
    },
    {
      order: ['pool-destroyed', 'close', 'uninstalled'],
      occurs: true,
      clean: true,
      failures: [],
    },
    {
      order: ['pool-destroyed', 'uninstalled', 'close'],
      occurs: true,
      clean: false,
      failures: [panic],
    },
  ]);
  expect(rows).toHaveLength(6);
});

class Thing extends Struct {
  static override readonly tag = 'thing';
  used = flag();
}
const { a, b, c, d, go } = statics({ a: flag(), b: flag(), c: flag(), d: flag(), go: flag() });
const PLACES = { a, b, c, d };
const reach =
  (name: keyof typeof PLACES) =>
  (f: FunctionBuilder): void => {
    f.milestone(name);
    f.set_bit(PLACES[name]);
  };
const of = (spec: Partial<TinyCase> & Pick<TinyCase, 'tasks'>): Program => tiny(spec);
const sorted = (table: OrderTable): string[] =>
  table.orders.filter(({ occurs }) => occurs).map(({ order }) => order.join(''));

it('four tasks that do not wait for each other come in all 24 orders', () => {
  const names = ['a', 'b', 'c', 'd'] as const;
  const program = of({ tasks: names.map((name) => task(name, reach(name))), reaches: names });
  const table = tableOf(program);
  expect(sorted(table)).toHaveLength(24);
  expect(sorted(tableOf(program, { milestones: ['b', 'd'] }))).toEqual(['bd', 'db']);
});

it('what comes round and round is reached once, in the order of the first time', () => {
  const again = (f: FunctionBuilder): void => {
    f.while(
      () => f.not(f.test_bit(go)),
      () => {
        reach('a')(f);
      },
    );
    reach('b')(f);
  };
  const program = of({
    tasks: [
      task('again', again),
      task('c', (f) => {
        reach('c')(f);
        f.set_bit(go);
      }),
    ],
    reaches: ['a', 'b', 'c'],
  });
  const table = tableOf(program);
  expect(sorted(table)).toEqual(['acb', 'cab']);
  expect(table.early).toEqual({ clean: true, failures: [] });
});

it('a step that fails reaches its label; runs that fail before are told apart', () => {
  const program = of({
    tasks: [
      task('uses', (f) => {
        const thing = f.kzalloc(Thing);
        f.kfree(thing);
        reach('a')(f);
        f.milestone('b');
        f.set_bit(thing.used);
      }),
      task('c', reach('c')),
    ],
    reaches: ['a', 'b', 'c'],
  });
  const table = tableOf(program);
  expect(sorted(table)).toEqual(['acb', 'cab']);
  expect(table.orders.every(({ clean }) => !clean)).toBe(true);
  expect(table.early.failures).toHaveLength(1);
});

it('what the prologue reaches comes first', () => {
  const program = of({
    given: reach('b'),
    tasks: [task('a', reach('a'))],
    reaches: ['a', 'b'],
  });
  expect(sorted(tableOf(program))).toEqual(['ba']);
});

it('a livelock behind them is a failure of the order', () => {
  const program = of({
    tasks: [
      task('waits', (f) => {
        reach('a')(f);
        f.while(
          () => f.not(f.test_bit(go)),
          () => undefined,
        );
      }),
      task('b', reach('b')),
    ],
    reaches: ['a', 'b'],
  });
  const table = tableOf(program);
  expect(sorted(table)).toEqual(['ab', 'ba']);
  expect(table.orders.map(({ failures }) => failures.map((one) => one.split('@')[0]))).toEqual([
    ['livelock'],
    ['livelock'],
  ]);
});

it('past its budget it says so, and what it met is true', () => {
  const program = compileAddress('devmem/fixed/main');
  const whole = sorted(tableOf(program));
  const part = tableOf(program, { maxStates: 3_000 });
  expect(part.complete).toBe(false);
  expect(whole).toEqual(expect.arrayContaining(sorted(part)));
});

it.each([
  [['a'], 'orders are those of 2 to 4 milestones, not of 1; the milestones of the case are: a, b'],
  [['a', 'x'], "no milestone 'x'; the milestones of the case are: a, b"],
  [['a', 'a'], 'a milestone is named twice; the milestones of the case are: a, b'],
])('%j is refused', (milestones, message) => {
  const program = of({
    tasks: [task('a', reach('a')), task('b', reach('b'))],
    reaches: ['a', 'b'],
  });
  expect(orders(program, { milestones })).toEqual({ ok: false, message });
});
