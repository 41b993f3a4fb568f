/**
 * The states of a program with everything a cost search asks of them. A state is looked at once, and an edge is taken only
 * when it is asked where it leads: edges that cost too much lead to states which are never made. All of it is kept in flat
 * arrays, a few words per state and two per edge.
 */
import {
  at,
  Machine,
  quiesce,
  recordBlocked,
  SlimPacker,
  tablesOf,
  type Program,
} from '@lastref/kernel';
import { Pulse, GrowingInts, StateStore } from '@lastref/exploration';
import type { Target } from './target.js';

/** Where an edge leads: a state from 0, or one of these. */
export const MEETS_TARGET = -1;
/** Another failure: the run is over and of no use here. */
export const DEAD_END = -2;
const NOT_TAKEN = -3;

export interface Edge {
  readonly task: number;
  readonly armed: boolean;
  readonly fault: boolean;
  /** It is a fault, or a timeout that is early: costs an event. */
  readonly event: boolean;
}

/** What is known of a state once it was looked at. */
export interface Expansion {
  readonly state: number;
  /** Its edges by number, in the order of their labels: from `begin` to before `end`. */
  readonly begin: number;
  readonly end: number;
  /** Bit masks over tasks, for the cost of switching away. */
  readonly enabled: number;
  readonly yielding: number;
  /** The run ends here and meets the target. */
  readonly endsInTarget: boolean;
}

export interface Start {
  readonly starts: readonly boolean[];
  readonly state: number;
}

/** Words per state: number of its first edge plus 1, count of edges and the end, enabled, yielding. */
const STATE_WORDS = 4;
/** Words of a stored state before those of the packer: the report bits collected on the way to it. */
const BITS_WORDS = 1;
/** Words per edge: task, early, armed and fault; where it leads. */
const EDGE_WORDS = 2;

export class CostGraph {
  readonly machine: Machine;
  readonly starts: Start[] = [];
  private readonly packer: SlimPacker;
  private readonly store: StateStore;
  private readonly ofStates = new GrowingInts();
  private readonly ofEdges = new GrowingInts();
  private edges = 0;
  /** The state that the machine is in, ready for another step from it: its words, their sum, and the report bits. */
  private held = -1;
  private heldWords: Int32Array;
  private heldSum = 0;
  private heldBits = 0;

  constructor(
    readonly program: Program,
    private readonly target: Target,
    private readonly pulse = new Pulse(undefined),
  ) {
    const tables = tablesOf(program);
    this.machine = new Machine(tables);
    this.packer = new SlimPacker(this.machine);
    this.store = new StateStore(BITS_WORDS + this.packer.words);
    this.heldWords = new Int32Array(this.packer.words);
    const optional = program.tasks.flatMap((decl, t) => (decl.optional === undefined ? [] : [t]));
    for (let subset = 0; subset < 1 << optional.length; subset++) {
      const starts = optional.map((_, i) => (subset & (1 << i)) !== 0);
      this.machine.reset();
      optional.forEach((task, i) => {
        if (starts[i] === true) this.machine.startTask(task);
      });
      this.starts.push({ starts, state: this.intern() });
    }
  }

  get states(): number {
    return this.store.count;
  }

  /** Words that a state takes. */
  get words(): number {
    return this.store.words;
  }

  expand(state: number): Expansion {
    const { ofStates } = this;
    const row = state * STATE_WORDS;
    if (ofStates.get(row) === 0) {
      this.look(state, row);
      this.pulse.expanded();
    }
    const begin = ofStates.get(row) - 1;
    const size = ofStates.get(row + 1);
    return {
      state,
      begin,
      end: begin + (size >> 1),
      enabled: ofStates.get(row + 2),
      yielding: ofStates.get(row + 3),
      endsInTarget: (size & 1) === 1,
    };
  }

  edge(edge: number): Edge {
    const code = this.ofEdges.get(edge * EDGE_WORDS);
    const fault = (code & 1) !== 0;
    return { task: code >> 3, armed: (code & 2) !== 0, fault, event: fault || (code & 4) !== 0 };
  }

  /** Where an edge of the state leads. */
  to(state: number, edge: number): number {
    const { ofEdges } = this;
    const known = ofEdges.get(edge * EDGE_WORDS + 1);
    if (known !== NOT_TAKEN) return known;
    const { task, fault } = this.edge(edge);
    const made = this.take(state, task, fault);
    ofEdges.set(edge * EDGE_WORDS + 1, made);
    return made;
  }

  /** Puts a state into the machine. */
  restore(state: number): void {
    this.held = -1;
    this.packer.unpack(this.store.data, this.offsetOf(state) + BITS_WORDS, this.machine.cells);
    this.machine.loaded();
  }

  private offsetOf(state: number): number {
    return state * this.store.words;
  }

  /** Number of the machine's present state, wherever it came from. */
  private intern(): number {
    const { packer, store, machine } = this;
    if (packer.admitAll(machine)) this.widen();
    const offset = store.reserve();
    store.data[offset] = 0;
    packer.pack(machine, store.data, offset + BITS_WORDS);
    return store.intern();
  }

  /** Number of the state that a step from the one held has led to; takes the step back. */
  private internStep(bits: number): number {
    const { packer, store, machine } = this;
    if (packer.admit(machine)) this.widen();
    const offset = store.reserve();
    const { data, factors } = store;
    const from = this.offsetOf(this.held) + BITS_WORDS;
    data[offset] = bits;
    const grown = packer.packAndUndo(
      machine,
      data,
      from,
      offset + BITS_WORDS,
      factors.subarray(BITS_WORDS),
    );
    const collected = Math.imul(bits - this.heldBits, at(factors, 0));
    return store.internBySum((this.heldSum + grown + collected) | 0);
  }

  /** Makes what was packed as wide as states are now. */
  private widen(): void {
    const { words } = this.packer;
    this.store.widen(BITS_WORDS + words, 0);
    const wider = new Int32Array(words);
    wider.set(this.heldWords);
    this.heldWords = wider;
  }

  private look(state: number, row: number): void {
    const { machine, target, ofStates, ofEdges } = this;
    this.hold(state);
    const bits = this.heldBits;
    const candidates = machine.candidates();
    const earlyMask = machine.early();
    let yielding = 0;
    const begin = this.edges;
    for (let task = 0; task < machine.taskCount; task++) {
      if (machine.atYieldPoint(task)) yielding |= 1 << task;
      if ((candidates & (1 << task)) === 0) continue;
      const armed = machine.faultArmed(task);
      const early = (earlyMask & (1 << task)) !== 0 ? 4 : 0;
      for (const fault of armed ? [0, 1] : [0]) {
        const at = EDGE_WORDS * this.edges++;
        ofEdges.set(at, (task << 3) | early | (armed ? 2 : 0) | fault);
        ofEdges.set(at + 1, NOT_TAKEN);
      }
    }
    ofStates.set(row + 2, machine.enabledMask());
    ofStates.set(row + 3, yielding);
    const collected = target.allBits !== 0 && bits === target.allBits;
    const ends = candidates === 0 ? this.ends(bits) : collected;
    ofStates.set(row + 1, ((this.edges - begin) << 1) | (ends ? 1 : 0));
    ofStates.set(row, begin + 1);
  }

  private hold(state: number): void {
    if (this.held === state) return;
    const { machine, packer, store, heldWords } = this;
    const offset = this.offsetOf(state);
    const packed = offset + BITS_WORDS;
    if (this.held >= 0) packer.unpackOnto(store.data, packed, heldWords, machine.cells);
    else {
      packer.unpack(store.data, packed, machine.cells);
      heldWords.set(store.data.subarray(packed, packed + packer.words));
    }
    machine.loaded();
    machine.mark();
    this.held = state;
    this.heldBits = at(store.data, offset);
    this.heldSum = store.sum(offset);
  }

  private take(state: number, task: number, fault: boolean): number {
    const { machine } = this;
    this.hold(state);
    const ok = machine.step(task, fault);
    if (!ok) recordBlocked(machine);
    const to = this.arrive(ok);
    machine.back();
    return to;
  }

  private arrive(ok: boolean): number {
    const { machine, target } = this;
    const made = this.heldBits | target.bits(machine);
    const met = target.allBits !== 0 && made === target.allBits;
    if (ok && !met) return this.internStep(made);
    machine.undo();
    if (met) return MEETS_TARGET;
    return target.allBits === 0 && machine.failure.signature() === target.signature
      ? MEETS_TARGET
      : DEAD_END;
  }

  private ends(bits: number): boolean {
    const { machine, target } = this;
    const ending = quiesce(machine);
    if (target.allBits !== 0) return (bits | target.bits(machine)) === target.allBits;
    return ending === 'failed' && machine.failure.signature() === target.signature;
  }
}
