/**
 * Second pass of the lock-order rule: the union of all edges says which cycles are possible at all; a search over
 * state x (edges of the cycle made so far) decides whether one single run makes all edges of one.
 */
import { Packer, quiesce, recordBlocked, type Program } from '@lastref/kernel';
import type { Pulse } from './budget.js';
import { StateGraph } from './graph.js';
import { StateStore } from './state-store.js';

/** Whether some run makes every edge of the cycle of lock classes. null: the budget did not suffice. */
export function oneRunMakes(
  program: Program,
  cycle: readonly number[],
  maxStates: number,
  maxBytes: number,
  pulse: Pulse,
): boolean | null {
  const wanted = cycle.map((held, i) => `${held} ${cycle[(i + 1) % cycle.length] ?? held}`);
  const all = (1 << wanted.length) - 1;
  const graph = new StateGraph(program);
  const { machine } = graph;
  const packer = new Packer(machine.tables.layout);
  const store = new StateStore(packer.words + 1);
  const bitsMade = (): number =>
    machine.edges.pairs().reduce((bits, [held, acquired]) => {
      const i = wanted.indexOf(`${held} ${acquired}`);
      return i < 0 ? bits : bits | (1 << i);
    }, 0);
  const add = (bits: number): void => {
    const offset = store.reserve();
    packer.pack(machine.state, store.data, offset);
    store.data[offset + packer.words] = bits;
    store.intern();
  };
  for (const start of graph.starts) {
    graph.restore(start.state);
    add(0);
  }
  const restore = (state: number): number => {
    const offset = state * store.words;
    packer.unpack(store.data, offset, machine.cells);
    machine.loaded();
    return store.data[offset + packer.words] ?? 0;
  };
  for (let state = 0; state < store.count; state++) {
    if (state > maxStates || store.bytes > maxBytes) return null;
    pulse.expanded();
    const bits = restore(state);
    const candidates = machine.candidates();
    if (candidates === 0) {
      quiesce(machine);
      if ((bits | bitsMade()) === all) return true;
      continue;
    }
    for (let task = 0; task < machine.taskCount; task++) {
      if ((candidates & (1 << task)) === 0) continue;
      restore(state);
      for (const fault of machine.faultArmed(task) ? [false, true] : [false]) {
        restore(state);
        const ok = machine.step(task, fault);
        if (!ok) recordBlocked(machine);
        const made = bits | bitsMade();
        if (made === all) return true;
        if (ok) add(made);
      }
    }
  }
  return false;
}
