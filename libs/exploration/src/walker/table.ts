/**
 * The memo of the walker: interned states and, per choice, where it leads. A state here is the machine's with the
 * lock-order bits of the run so far, which programs hardly multiply, so that a walk need not collect them. Filled lazily by
 * the interpreter, one edge at a time; an edge runs through all forced steps behind it (one candidate, no armed fault),
 * which draw nothing, and carries their number. Everything lies in one Int32Array:
 *
 *   node  [state, candidates, edge, edge ...]   an edge per candidate, in order
 *   fork  [state, task, weight, 0, edge, edge]  one armed step: without and with the fault; weight -1: no draw, one edge
 *   edge  [to, steps]                           to > 0: a node's first edge << 5 | its number of candidates;
 *                                               -1: not known yet; else ~(number << 2 | ends or forks)
 *
 * Limits: past its bytes or states it is full and takes nothing more; what is in it stays right.
 */
import {
  Machine,
  Packer,
  quiesce,
  recordBlocked,
  tablesOf,
  type Ending,
  type Program,
} from '@lastref/kernel';
import { grown } from '../growing.js';
import { StateStore } from '../search/state-store.js';
import { countBits, nthCandidate } from '../strategies/strategy.js';
import { EdgeBits, NO_ROOM } from './edge-bits.js';

const { clz32 } = Math;

/** The memo's layout; written into the code where it is used, since the walker's loop would load each anew. */
export const enum Memo {
  /** What the low bits of ~to say; no edge ends in end 0. */
  ends = 0,
  forks = 1,
  unknown = -1,
  /** Forced steps an edge runs through at most. */
  stepsMax = 255,
  countBits = 5,
  countMask = 31,
  /** First edge of a node, of a fork. */
  nodeEdges = 2,
  forkEdges = 4,
  /** Words whose numbers fit beside a count. */
  wordsMax = 0x4000000,
}

/** A node with 31 candidates, and a fork. */
const NODE_WORDS_MAX = 128;

/** Where an edge starts: a state, the task that steps (-1: none, a start), whether with its fault (-1: not decided). */
export interface Source {
  state: number;
  task: number;
  fault: -1 | 0 | 1;
}

export class Table {
  readonly machine: Machine;
  readonly bits = new EdgeBits();
  /** The memo's words; replaced when it grows. */
  words = new Int32Array(1 << 12);
  full = false;
  private used = 2;
  private readonly packer: Packer;
  private readonly store: StateStore;
  private nodeOf = new Int32Array(1 << 10);
  private readonly forkOf = new Map<number, number>();

  /** @param endOf the number of an end, by what quiesce said, the failure's number and the bits; from 1 */
  constructor(
    program: Program,
    private readonly endOf: (ending: Ending, failure: number, bits: number) => number,
    private readonly maxBytes: number,
    private readonly maxStates: number,
  ) {
    const tables = tablesOf(program);
    this.machine = new Machine(tables);
    this.packer = new Packer(tables.layout);
    this.store = new StateStore(this.packer.words + 1);
  }

  get states(): number {
    return this.store.count;
  }

  get bytes(): number {
    return this.store.bytes + this.words.byteLength + this.nodeOf.byteLength;
  }

  /** An edge for a start, from the machine's present state. @returns its index, and the state */
  addStart(): { readonly edge: number; readonly state: number } {
    this.machine.edges.clear();
    const state = this.intern(0);
    return { edge: this.allocate(2), state };
  }

  /** Puts a state into the machine, with its lock-order edges. */
  restore(state: number): void {
    const { machine, packer, store } = this;
    packer.unpack(store.data, state * store.words, machine.cells);
    machine.loaded();
    this.bits.restore(machine, this.bitsOf(state));
  }

  bitsOf(state: number): number {
    return this.store.data[state * this.store.words + this.packer.words] ?? 0;
  }

  /** Finds out where an edge leads. @returns false if that cannot be kept; the machine's state is then of no use */
  fill(edge: number, { state, task, fault }: Source): boolean {
    if (this.full) return false;
    const { machine } = this;
    this.restore(state);
    let steps = 0;
    let failed = false;
    if (task >= 0) {
      if (fault < 0 && machine.faultArmed(task)) return this.keep(edge, this.fork(state, task), 0);
      steps = 1;
      failed = !machine.step(task, fault === 1);
    }
    while (!failed) {
      const candidates = machine.candidates();
      if (candidates === 0) return this.keepEnd(edge, quiesce(machine), steps);
      const bits = this.bits.of(machine);
      if (bits === NO_ROOM) return false;
      if ((candidates & (candidates - 1)) !== 0)
        return this.keep(edge, this.node(candidates, bits), steps);
      const next = 31 - clz32(candidates);
      if (steps === Memo.stepsMax || machine.faultArmed(next))
        return this.keep(edge, this.fork(this.intern(bits), next), steps);
      steps++;
      failed = !machine.step(next, false);
    }
    recordBlocked(machine);
    return this.keepEnd(edge, 'failed', steps);
  }

  private keepEnd(edge: number, ending: Ending, steps: number): boolean {
    const bits = this.bits.of(this.machine);
    if (bits === NO_ROOM) return false;
    const failure = ending === 'failed' ? this.machine.failure.id() : -1;
    const number = this.endOf(ending, failure, bits);
    return this.keep(edge, ~((number << 2) | Memo.ends), steps);
  }

  private keep(edge: number, to: number, steps: number): boolean {
    this.words[edge] = to;
    this.words[edge + 1] = steps;
    this.full =
      this.bytes * 2 > this.maxBytes ||
      this.states >= this.maxStates ||
      this.used > Memo.wordsMax - NODE_WORDS_MAX;
    return true;
  }

  /** The state and task an edge of a node starts with. @param first the node's first edge */
  sourceOf(first: number, edge: number, into: Source): void {
    into.state = this.words[first - Memo.nodeEdges] ?? 0;
    const candidates = this.words[first - Memo.nodeEdges + 1] ?? 0;
    into.task = nthCandidate(candidates, this.earlyOf(into.state), (edge - first) >> 1);
    into.fault = -1;
  }

  private earlyOf(state: number): number {
    if (!this.machine.tables.anyTime) return 0;
    this.restore(state);
    return this.machine.early();
  }

  private node(candidates: number, bits: number): number {
    const state = this.intern(bits);
    const count = countBits(candidates);
    this.nodeOf = grown(this.nodeOf, state + 1);
    let node = this.nodeOf[state] ?? 0;
    if (node === 0) {
      node = this.allocate(Memo.nodeEdges + 2 * count);
      this.words[node] = state;
      this.words[node + 1] = candidates;
      this.nodeOf[state] = node;
    }
    return ((node + Memo.nodeEdges) << Memo.countBits) | count;
  }

  private fork(state: number, task: number): number {
    const key = state * 32 + task;
    let fork = this.forkOf.get(key);
    if (fork === undefined) {
      fork = this.allocate(Memo.forkEdges + 4);
      this.words[fork] = state;
      this.words[fork + 1] = task;
      this.words[fork + 2] = this.machine.faultArmed(task) ? this.machine.faultWeight(task) : -1;
      this.forkOf.set(key, fork);
    }
    return ~(((fork >> 1) << 2) | Memo.forks);
  }

  private intern(bits: number): number {
    const offset = this.store.reserve();
    this.packer.pack(this.machine.state, this.store.data, offset);
    this.store.data[offset + this.packer.words] = bits;
    return this.store.intern();
  }

  private allocate(count: number): number {
    const first = this.used;
    this.used += count;
    this.words = grown(this.words, this.used);
    this.words.fill(Memo.unknown, first, this.used);
    return first;
  }
}
