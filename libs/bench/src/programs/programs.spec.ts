/** The largest sizes: every unit is set up, and what fails is what fails in the catalogue's program of one or two units. */
import { prove, Sampler } from '@lastref/exploration';
import { Machine, tablesOf, type Program } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { fourDevices, fourPorts } from './programs.js';

const SEEDS = 300;
const STRATEGIES = ['pct/1:d=3', 'surw/2'];

/** Every failure of the first seeds under either strategy. */
function failures(program: Program): string[] {
  const seen = STRATEGIES.flatMap((strategy) => {
    const sampler = new Sampler(program, strategy);
    sampler.run(0, SEEDS);
    return sampler.totals().signatures.flatMap((s) => (s.report ? [] : [s.signature]));
  });
  return [...new Set(seen)].sort();
}

const provedFailures = (...addresses: string[]): string[] =>
  addresses.flatMap((address) => prove(compileAddress(address)).failures).sort();

/** Entries of the tables that hold an object when the tasks start. */
function entriesSetUp(program: Program): number[] {
  const tables = tablesOf(program);
  const machine = new Machine(tables);
  machine.reset();
  return program.tables.map(({ entries }, i) => {
    const first = tables.layout.tables[i] ?? 0;
    return machine.state.slice(first, first + entries).filter((object) => object !== 0).length;
  });
}

it.each([
  ['nbd/fixed', fourDevices(), 12],
  ['nbd/buggy, openers that stay', fourDevices('nbd/buggy/main'), 12],
  ['nbd/buggy, openers that close', fourDevices('nbd/buggy/no-overlap'), 12],
  ['mlx5/buggy', fourPorts(), 9],
])('%s has four units and all their tasks', (_, program, tasks) => {
  expect(program.tasks).toHaveLength(tasks);
  expect(entriesSetUp(program)).toEqual(program.tables.map(() => 4));
});

it('nbd/fixed stays clean with four devices', () => {
  expect(failures(fourDevices())).toEqual([]);
});

it('nbd/buggy deadlocks as one device does, with openers that stay and with openers that close', () => {
  expect(failures(fourDevices('nbd/buggy/main'))).toEqual(provedFailures('nbd/buggy/main'));
  expect(failures(fourDevices('nbd/buggy/no-overlap'))).toEqual(
    provedFailures('nbd/buggy/main', 'nbd/buggy/last-close'),
  );
});

it('mlx5/buggy fails in every way that two ports do', () => {
  expect(failures(fourPorts())).toEqual(provedFailures('mlx5/buggy/main'));
});
