/**
 * Replays a run from its seed or from its schedule, into a trace. A seed is first turned into its schedule, so both
 * ways tell the same story in the same words.
 */
import { Machine, SEED_MAX, tablesOf, type Program, type Trace } from '@lastref/kernel';
import { Runner } from '../sampling/runner.js';
import { strategyByName } from '../strategies/index.js';
import { encodeChoice } from './schedule.js';
import { Tracer } from './tracer.js';

export type ReplayInput =
  { readonly strategy: string; readonly seed: number } | { readonly schedule: string };

export type ReplayResult =
  { readonly ok: true; readonly trace: Trace } | { readonly ok: false; readonly message: string };

/** Replays one run; refuses an unknown strategy, a seed out of range, a choice that is no candidate. */
export function replay(program: Program, how: ReplayInput): ReplayResult {
  const machine = new Machine(tablesOf(program));
  if ('schedule' in how) return new Tracer(machine).run(how.schedule);
  const schedule = scheduleOfSeed(machine, how.strategy, how.seed);
  if (!schedule.ok) return schedule;
  const result = new Tracer(machine).run(schedule.schedule, schedule.cut);
  if (!result.ok) return result;
  return { ok: true, trace: { ...result.trace, strategy: how.strategy, seed: how.seed } };
}

function scheduleOfSeed(
  machine: Machine,
  name: string,
  seed: number,
): { ok: true; schedule: string; cut: boolean } | { ok: false; message: string } {
  const found = strategyByName(machine.tables.program, name);
  if (!found.ok) return found;
  if (!Number.isSafeInteger(seed) || seed < 0)
    return { ok: false, message: `seed ${seed} is not an integer from 0 to ${SEED_MAX}` };
  let schedule = '';
  const end = new Runner(machine, found.strategy).run(seed, {
    start: (starts) => {
      schedule += encodeChoice(starts ? 1 : 0);
    },
    step: (task, armed, fault) => {
      schedule += encodeChoice(task);
      if (armed) schedule += encodeChoice(fault ? 1 : 0);
    },
  });
  return { ok: true, schedule, cut: end === 'cut' };
}
