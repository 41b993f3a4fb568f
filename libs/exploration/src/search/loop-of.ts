/**
 * The loop that a schedule leads into, told for its report: who goes round and through which lines, and who waits for ever
 * meanwhile. Searches from where the schedule ends; nothing is told where that is no component that runs stay in, or where
 * the budget ends first.
 */
import { cell, type Loop, type LoopingTask, type Program, type Trace } from '@lastref/kernel';
import { Narrator } from '../replay/narrator.js';
import { follow } from '../replay/follow.js';
import { membersOf } from './endless.js';
import { StateGraph } from './graph.js';
import { loopHeads } from './livelock.js';
import { PartialSearch } from './partial-search.js';

/** The trace, with its loop if its schedule ends in one. */
export function withLoop(program: Program, trace: Trace, maxStates: number): Trace {
  const loop = loopOf(program, trace.schedule, maxStates);
  return loop === null ? trace : { ...trace, loop };
}

function loopOf(program: Program, schedule: string, maxStates: number): Loop | null {
  const graph = new StateGraph(program);
  if (follow(graph.machine, schedule) !== 'taken') return null;
  const start = graph.intern();
  const search = new PartialSearch(graph, [start], maxStates);
  const [states, ...others] = search.bottoms();
  if (states === undefined || others.length > 0 || !states.includes(start)) return null;
  return tell(graph, states, start);
}

function tell(graph: StateGraph, states: readonly number[], start: number): Loop {
  const { machine } = graph;
  const restore = (state: number): void => {
    graph.restore(state);
  };
  const narrator = new Narrator(machine);
  const { stepping } = membersOf(machine, states, restore);
  const heads = loopHeads(graph.program);
  const tasks = [...Array(machine.taskCount).keys()];
  const looping = tasks
    .filter((task) => (stepping & (1 << task)) !== 0)
    .map((task) => goingRound(graph, states, task, heads, narrator));
  restore(start);
  const waiting = tasks
    .filter((task) => (stepping & (1 << task)) === 0)
    .flatMap((task) => narrator.waitingTask(task) ?? []);
  return { tasks: looping, waiting };
}

function goingRound(
  graph: StateGraph,
  states: readonly number[],
  task: number,
  heads: ReadonlySet<number>,
  narrator: Narrator,
): LoopingTask {
  const { machine } = graph;
  const executed = new Set<number>();
  let entry = 0;
  for (const state of states) {
    graph.restore(state);
    if ((machine.candidates() & (1 << task)) === 0) continue;
    const pc = cell(machine.state, cell(machine.pcSlot, task));
    if (pc === 0) continue;
    executed.add(pc);
    entry = narrator.itemEntry(task) || entry;
  }
  const pcs = [...executed].sort((a, b) => a - b);
  const head = pcs.find((pc) => heads.has(pc)) ?? (entry === 0 ? (pcs[0] ?? 0) : entry);
  return { task, ...narrator.place(head), lines: pcs.map((pc) => narrator.line(pc)) };
}
