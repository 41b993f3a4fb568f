/** What every strategy promises, whatever it draws: the same seed, the same run; only candidates; an end; replayable. */
import {
  replay,
  Runner,
  STRATEGIES,
  strategyByName,
  type RunEnd,
  type Strategy,
} from '@lastref/exploration';
import { Machine, tablesOf, type Program } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';

const SEEDS = 20;
const names = [...STRATEGIES, 'pct/1:d=1', 'pct/1:d=2,k=7', 'pb/1:c=0', 'db/1:d=5'];
const programs = [
  'nbd/buggy/main',
  'nbd/fixed/server-dies',
  'nbd/fixed/server-dies-worker-stalled',
  'nbd/idr-removed-early/reuse-index',
].map((address) => [address, compileAddress(address)] as const);

const strategy = (program: Program, name: string): Strategy => {
  const found = strategyByName(program, name);
  if (!found.ok) throw new Error(found.message);
  return found.strategy;
};

interface Run {
  readonly end: RunEnd;
  readonly choices: string;
}

/** Runs a seed and fails the test at a choice that is no candidate. */
function runOf(machine: Machine, runner: Runner, seed: number): Run {
  const choices: string[] = [];
  const end = runner.run(seed, {
    start: (starts) => choices.push(`start ${starts}`),
    step: (task, armed, fault) => {
      if ((machine.candidates() & (1 << task)) === 0) throw new Error(`${task} is no candidate`);
      choices.push(`${task} ${armed} ${fault}`);
    },
  });
  return { end, choices: choices.join(', ') };
}

describe.each(names)('%s', (name) => {
  it.each(programs)('%s: picks candidates, and ends', (_, program) => {
    const machine = new Machine(tablesOf(program));
    const runner = new Runner(machine, strategy(program, name));
    for (let seed = 0; seed < SEEDS; seed++) {
      runOf(machine, runner, seed);
      expect(runner.steps).toBeLessThanOrEqual(program.maxSteps);
    }
  });

  it.each(programs)('%s: gives one run per seed, whatever ran before', (_, program) => {
    const machine = new Machine(tablesOf(program));
    const runner = new Runner(machine, strategy(program, name));
    const forwards = Array.from({ length: SEEDS }, (_seed, seed) => runOf(machine, runner, seed));
    for (let seed = SEEDS - 1; seed >= 0; seed--)
      expect(runOf(machine, runner, seed)).toEqual(forwards[seed]);
    const fresh = new Machine(tablesOf(program));
    const copy = { ...program };
    const other = new Runner(fresh, strategy(copy, name));
    expect(runOf(fresh, other, SEEDS - 1)).toEqual(forwards[SEEDS - 1]);
  });

  it.each(programs)('%s: its schedules replay to the same digest', (_, program) => {
    for (let seed = 0; seed < SEEDS; seed += 7) {
      const bySeed = replay(program, { strategy: name, seed });
      if (!bySeed.ok) throw new Error(bySeed.message);
      if (bySeed.trace.verdict.outcome === 'cut') continue;
      const again = replay(program, { schedule: bySeed.trace.schedule });
      if (!again.ok) throw new Error(again.message);
      expect(again.trace.digest).toBe(bySeed.trace.digest);
    }
  });
});

describe('bounded strategies', () => {
  it.each(programs)('%s: pb/1 preempts no more often than it may', (_, program) => {
    for (const c of [0, 1, 3])
      for (let seed = 0; seed < SEEDS; seed++) {
        const run = replay(program, { strategy: `pb/1:c=${c}`, seed });
        if (!run.ok) throw new Error(run.message);
        expect(run.trace.cost.preemptions).toBeLessThanOrEqual(c);
      }
  });

  it.each(programs)('%s: db/1 without delays has one schedule', (_, program) => {
    if (program.tasks.some(({ optional }) => optional !== undefined)) return;
    if (program.faults.budget > 0) return;
    const schedules = Array.from({ length: 10 }, (_seed, seed) => {
      const run = replay(program, { strategy: 'db/1:d=0', seed });
      return run.ok ? run.trace.schedule : run.message;
    });
    expect(new Set(schedules).size).toBe(1);
  });
});
