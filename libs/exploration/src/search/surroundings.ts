/**
 * The state graph around a run: its states, those a few steps beside them, and what can still come of each. Shows where a run
 * was lost: the last state from which something else was still possible.
 */
import {
  cell,
  quiesce,
  recordBlocked,
  type NearState,
  type NearStep,
  type Program,
  type Surroundings,
} from '@lastref/kernel';
import { NEAR_STATES, OUTLOOK_STATES, RADIUS } from '../limits.js';
import { follow } from '../replay/follow.js';
import { Narrator } from '../replay/narrator.js';
import { StateGraph } from './graph.js';
import { Outlooks } from './outlook.js';

export interface SurroundingsOptions {
  /** Steps beside the run that are shown. */
  readonly radius?: number;
  /** States searched for what may follow. */
  readonly maxStates?: number;
}

/**
 * @param schedule of a run of the program that was replayed before
 * @param signature what the run shows; any failure counts where it shows none
 */
export function surroundings(
  program: Program,
  schedule: string,
  signature: string | undefined,
  { radius = RADIUS, maxStates = OUTLOOK_STATES }: SurroundingsOptions = {},
): Surroundings {
  const graph = new StateGraph(program);
  const { path, taken, fails } = pathOf(graph, schedule);
  const last = path[path.length - 1] ?? 0;
  const isTarget = (state: number): boolean => !fails && signature !== undefined && state === last;
  const outlooks = new Outlooks(graph, path, signature, isTarget, maxStates);
  const near = new Near(graph, path, taken, radius);
  const states = near.states.map(({ state, distance, cut, end }, id): NearState => {
    const onRun = path.indexOf(state);
    return {
      id,
      distance,
      cut,
      ...outlooks.of(state),
      ...(onRun < 0 ? {} : { onRun }),
      ...(end === undefined ? {} : { end }),
    };
  });
  return {
    signature: signature ?? null,
    radius,
    states,
    steps: near.steps,
    searched: outlooks.searched,
  };
}

interface Path {
  /** States of the run, the first before its first step; one that fails has none behind its last step. */
  readonly path: readonly number[];
  /** Its steps, as the graph's edges are told: state, task, fault. */
  readonly taken: readonly string[];
  readonly fails: boolean;
}

function pathOf(graph: StateGraph, schedule: string): Path {
  const path: number[] = [];
  const taken: string[] = [];
  const followed = follow(graph.machine, schedule, {
    before: (task, fault) => {
      const state = graph.intern();
      path.push(state);
      taken.push(edgeKey(state, task, fault));
    },
  });
  if (followed === 'taken') path.push(graph.intern());
  return { path, taken, fails: followed === 'failed' };
}

const edgeKey = (state: number, task: number, fault: boolean): string =>
  `${state} ${task} ${fault ? 1 : 0}`;

interface Place {
  readonly state: number;
  readonly distance: number;
  cut: boolean;
  end?: string;
}

/** Walks from the run outward, and tells every step in words. */
class Near {
  readonly states: Place[] = [];
  readonly steps: NearStep[] = [];
  private readonly placeOf = new Map<number, number>();
  private readonly narrator: Narrator;

  constructor(
    private readonly graph: StateGraph,
    path: readonly number[],
    private readonly taken: readonly string[],
    radius: number,
  ) {
    this.narrator = new Narrator(graph.machine);
    for (const state of path) this.place(state, 0);
    for (let id = 0; id < this.states.length; id++) {
      const place = this.states[id];
      if (place !== undefined) this.expand(id, place, radius);
    }
  }

  /** @returns undefined where no more are shown */
  private place(state: number, distance: number): number | undefined {
    const known = this.placeOf.get(state);
    if (known !== undefined) return known;
    if (distance > 0 && this.states.length >= NEAR_STATES) return undefined;
    const id = this.states.push({ state, distance, cut: false }) - 1;
    this.placeOf.set(state, id);
    return id;
  }

  private expand(from: number, place: Place, radius: number): void {
    const { machine } = this.graph;
    const { state, distance } = place;
    this.graph.restore(state);
    const candidates = machine.candidates();
    if (candidates === 0) {
      const ending = quiesce(machine);
      place.end = ending === 'failed' ? machine.failure.signature() : ending;
      return;
    }
    for (let task = 0; task < machine.taskCount; task++) {
      if ((candidates & (1 << task)) === 0) continue;
      this.graph.restore(state);
      const faults = machine.faultArmed(task) ? [false, true] : [false];
      for (const fault of faults) this.step(from, place, task, fault, distance < radius);
    }
  }

  private step(from: number, place: Place, task: number, fault: boolean, goesOn: boolean): void {
    const { machine } = this.graph;
    this.graph.restore(place.state);
    const pc = cell(machine.state, cell(machine.pcSlot, task));
    const ok = machine.step(task, fault);
    const { text } = this.narrator.step(task, pc);
    const n = this.taken.indexOf(edgeKey(place.state, task, fault)) + 1;
    const told = { from, task, text, fault, ...(n > 0 ? { n } : {}) };
    if (!ok) {
      recordBlocked(machine);
      this.steps.push({ ...told, to: null, signature: machine.failure.signature() });
      return;
    }
    const state = this.graph.intern();
    const known = this.placeOf.get(state);
    const to = known ?? (goesOn ? this.place(state, place.distance + 1) : undefined);
    if (to === undefined) place.cut = true;
    else this.steps.push({ ...told, to });
  }
}
