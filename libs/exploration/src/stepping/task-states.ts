/** The tasks of a state, one by one: whether each can go on, where it stands, what it waits for, its locals. */
import {
  at,
  cell,
  enabled,
  isArmed,
  suspended,
  type Machine,
  type NamedValue,
  type TaskCondition,
  type TaskState,
  type Trace,
} from '@lastref/kernel';
import type { Narrator } from '../replay/narrator.js';
import type { History } from './history.js';
import type { SlotTexts } from './slot-texts.js';

/** Where an operation was written: `file:line:column`, or an empty string. */
export type PlaceOf = (pc: number) => string;

interface Told {
  readonly machine: Machine;
  readonly trace: Trace;
  readonly narrator: Narrator;
  readonly texts: SlotTexts;
  readonly history: History;
  readonly placeOf: PlaceOf;
}

/** @param n the steps that were executed; the machine is in the state behind them */
export function taskStates(told: Told, n: number): TaskState[] {
  return told.machine.tables.layout.tasks.map((_, task) => taskState(told, task, n));
}

function taskState(told: Told, task: number, n: number): TaskState {
  const { machine, narrator, placeOf } = told;
  const { pc, name, runs } = standing(told, task);
  const condition = conditionOf(told, task, n);
  const place = placeOf(pc);
  const waiting = narrator.waitingTask(task);
  return {
    task,
    name,
    condition,
    pc,
    ...(pc === 0 ? { calls: [] } : { text: narrator.line(pc), ...narrator.place(pc) }),
    ...(place === '' ? {} : { place }),
    ...(runs === undefined ? {} : { runs }),
    ...(waiting === undefined ? {} : { waits: waitsOf(waiting) }),
    locals: locals(machine, told.texts, task, pc),
  };
}

function standing(
  { machine, texts }: Told,
  task: number,
): { pc: number; name: string; runs: string | undefined } {
  const actor = at(machine.tables.layout.tasks, task);
  const item = actor.kind === 'task' || actor.item < 0 ? 0 : cell(machine.state, actor.item);
  return { pc: cell(machine.state, actor.pc), name: actor.name, runs: texts.itemName(item) };
}

const waitsOf = ({
  resource,
  wants,
  holders,
  parked,
}: NonNullable<ReturnType<Narrator['waitingTask']>>): NonNullable<TaskState['waits']> => ({
  resource,
  ...(wants === undefined ? {} : { wants }),
  holders,
  parked,
});

function conditionOf(told: Told, task: number, n: number): TaskCondition {
  const { machine, trace } = told;
  const next = trace.steps[n];
  if (next?.task === task) return 'next';
  if (hasFailed(trace, task, n)) return 'failed';
  const bit = 1 << task;
  if ((machine.candidates() & bit) !== 0) return 'runnable';
  if ((machine.enabledMask() & bit) !== 0) return 'held back';
  if (enabled(machine, task) && (suspended(machine) & bit) !== 0) return 'interrupted';
  const pc = cell(machine.state, cell(machine.pcSlot, task));
  if (pc === 0) return idleCondition(told, task, n);
  return told.narrator.waitingTask(task)?.parked === true ? 'parked' : 'blocked';
}

/** Whether its step, the last one, ended the run; a deadlock or a hang is no step of one task. */
function hasFailed({ steps, verdict }: Trace, task: number, n: number): boolean {
  if (n < steps.length || verdict.outcome !== 'failed') return false;
  const isOfAll =
    verdict.kind === 'deadlock' || verdict.kind === 'hung-task' || verdict.kind === 'leak';
  return !isOfAll && steps[n - 1]?.task === task;
}

function idleCondition({ machine, trace, history }: Told, task: number, n: number): TaskCondition {
  const actor = at(machine.tables.layout.tasks, task);
  if (actor.kind !== 'task') return isArmed(machine, task) ? 'armed' : 'idle';
  return trace.started.includes(task) || history.hasRun(task, n) ? 'ended' : 'not started';
}

/** Of the body that it runs; several bodies may share the slots. */
function locals(machine: Machine, texts: SlotTexts, task: number, pc: number): NamedValue[] {
  const { bodyOf, program } = machine.tables;
  const body = program.bodies[bodyOf[pc] ?? -1];
  const first = cell(machine.localBase, task);
  return (body?.locals ?? []).map((local, i) => texts.value(machine.cells, first + i, local.name));
}
