/**
 * What it means that a run stays in a component of states for ever. A livelock, unless all that goes on is work: items that
 * end and are queued again, beside nothing that waits, are a poller, which fails nothing. Where a task is kept back then, by
 * the order of the case or because time passes only when nothing else can run, the run has left the case.
 */
import { at, cell, isArmed, isTimed, mayWaitForEver, type Machine } from '@lastref/kernel';
import { Narrator } from '../replay/narrator.js';

export type Endless =
  | { readonly kind: 'livelock'; readonly signature: string }
  /** The functions of its work items, sorted. */
  | { readonly kind: 'poller'; readonly works: readonly string[] }
  | { readonly kind: 'outside' };

/** Bits of tasks, over all states of a component. */
export interface Members {
  /** Take steps in it. */
  readonly stepping: number;
  /** Take none, and wait although nobody should wait for ever. */
  readonly stuck: number;
  /** Take none, kept from it by the order of the case, or by a timeout that cannot pass. */
  readonly barred: number;
  /** Are idle in some state: workers between two items, timers before they fire. */
  readonly idle: number;
}

/** @param restore loads a state into the machine */
export function membersOf(
  machine: Machine,
  states: readonly number[],
  restore: (state: number) => void,
): Members {
  let [stepping, waiting, timed, able, idle] = [0, 0, 0, 0, 0];
  for (const state of states) {
    restore(state);
    stepping |= machine.candidates();
    able |= machine.enabledMask();
    for (let task = 0; task < machine.taskCount; task++) {
      const pc = cell(machine.state, cell(machine.pcSlot, task));
      if (pc === 0) {
        idle |= 1 << task;
        if (isArmed(machine, task)) timed |= 1 << task;
      } else if (isTimed(at(machine.tables.program.code, pc).op)) timed |= 1 << task;
      else if (!mayWaitForEver(machine, task)) waiting |= 1 << task;
    }
  }
  const barred = (able | timed) & ~stepping;
  return { stepping, stuck: waiting & ~able, barred, idle };
}

/**
 * Judges a component that no run leaves.
 * @param heads operations at the heads of loops
 * @param restore loads a state into the machine
 */
export function judgeEndless(
  machine: Machine,
  states: readonly number[],
  heads: ReadonlySet<number>,
  restore: (state: number) => void,
): Endless {
  const { stepping, stuck, barred, idle } = membersOf(machine, states, restore);
  const { tasks } = machine.tables.layout;
  const isWork = tasks.every(
    ({ kind }, task) =>
      (stepping & (1 << task)) === 0 || (kind !== 'task' && (idle & (1 << task)) !== 0),
  );
  if (isWork && stuck === 0 && barred !== 0) return { kind: 'outside' };
  const { loops, works } = functionsOf(machine, states, heads, restore);
  if (isWork && stuck === 0) return { kind: 'poller', works };
  const named = loops.length > 0 ? loops : works;
  return { kind: 'livelock', signature: `livelock@${named.join('+')}` };
}

/** Functions whose loops go round, and functions of what goes on where there is no loop: sorted, each once. */
function functionsOf(
  machine: Machine,
  states: readonly number[],
  heads: ReadonlySet<number>,
  restore: (state: number) => void,
): { readonly loops: readonly string[]; readonly works: readonly string[] } {
  const narrator = new Narrator(machine);
  const loops = new Set<string>();
  const works = new Set<string>();
  for (const state of states) {
    restore(state);
    const candidates = machine.candidates();
    for (let task = 0; task < machine.taskCount; task++) {
      const pc = cell(machine.state, cell(machine.pcSlot, task));
      if ((candidates & (1 << task)) === 0 || pc === 0) continue;
      if (heads.has(pc)) loops.add(narrator.place(pc).function);
      const entry = narrator.itemEntry(task);
      works.add(narrator.place(entry === 0 ? pc : entry).function);
    }
  }
  return { loops: [...loops].sort(), works: [...works].sort() };
}
