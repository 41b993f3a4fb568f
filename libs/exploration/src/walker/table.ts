/**
 * The memo of the walker: interned states and, per choice, where it leads. Filled lazily by the interpreter, one edge at
 * a time; an edge runs through all forced steps behind it (one candidate, no armed fault), which draw nothing, and
 * carries their number and their lock-order bits. Everything lies in one Int32Array:
 *
 *   node  [state, candidates, edge, edge ...]   an edge per candidate, in order
 *   fork  [state, task, weight, 0, edge, edge]  one armed step: without and with the fault; weight -1: no draw, one edge
 *   edge  [to, steps | bits << 8]               to > 0: node / 2 << 5 | its number of candidates; 0: not known yet;
 *                                               to < 0: ~(number << 2 | ENDS or FORKS)
 *
 * Limits: past its bytes or states it is full and takes nothing more; what is in it stays right.
 */
import { Machine, Packer, quiesce, recordBlocked, tablesOf, type Program } from '@lastref/kernel';
import { StateStore } from '../search/state-store.js';
import { countBits, nthBit } from '../strategies/strategy.js';
import { EdgeBits, NO_ROOM } from './edge-bits.js';

const { clz32 } = Math;

export const ENDS = 0;
export const FORKS = 1;
export const STEPS_MASK = 255;
export const BITS_SHIFT = 8;
export const COUNT_BITS = 5;
export const COUNT_MASK = 31;
/** First edge of a node, of a fork; words of an edge. */
export const NODE_EDGES = 2;
export const FORK_EDGES = 4;

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

  /** @param endOf the number of an end, by what quiesce said and the failure's number */
  constructor(
    program: Program,
    private readonly endOf: (ending: 'clean' | 'failed' | 'outside', failure: number) => number,
    private readonly maxBytes: number,
    private readonly maxStates: number,
  ) {
    const tables = tablesOf(program);
    this.machine = new Machine(tables);
    this.packer = new Packer(tables.layout);
    this.store = new StateStore(this.packer.words);
  }

  get states(): number {
    return this.store.count;
  }

  get bytes(): number {
    return this.store.bytes + this.words.byteLength + this.nodeOf.byteLength;
  }

  /** An edge for a start, from the machine's present state. @returns its index, and the state */
  addStart(): { readonly edge: number; readonly state: number } {
    const state = this.intern();
    return { edge: this.allocate(2), state };
  }

  restore(state: number): void {
    this.packer.unpack(this.store.data, state * this.packer.words, this.machine.state);
    this.machine.loaded();
  }

  /** Finds out where an edge leads. @returns false if that cannot be kept; the machine's state is then of no use */
  fill(edge: number, { state, task, fault }: Source): boolean {
    if (this.full) return false;
    const { machine } = this;
    this.restore(state);
    let steps = 0;
    let to = 0;
    if (task >= 0) {
      if (fault < 0 && machine.faultArmed(task)) to = this.fork(state, task);
      else {
        steps = 1;
        if (!machine.step(task, fault === 1)) to = this.failed();
      }
    }
    while (to === 0) {
      const candidates = machine.candidates();
      if (candidates === 0) to = this.ended();
      else if ((candidates & (candidates - 1)) !== 0) to = this.node(candidates);
      else {
        const next = 31 - clz32(candidates);
        if (steps === STEPS_MASK || machine.faultArmed(next)) to = this.fork(this.intern(), next);
        else {
          steps++;
          if (!machine.step(next, false)) to = this.failed();
        }
      }
    }
    const bits = this.bits.of(machine);
    if (bits === NO_ROOM) return false;
    this.words[edge] = to;
    this.words[edge + 1] = steps | (bits << BITS_SHIFT);
    if (this.bytes * 2 > this.maxBytes || this.states >= this.maxStates) this.full = true;
    return true;
  }

  /** The state and task an edge of a node starts with. */
  sourceOf(node: number, edge: number, into: Source): void {
    into.state = this.words[node] ?? 0;
    into.task = nthBit(this.words[node + 1] ?? 0, (edge - node - NODE_EDGES) >> 1);
    into.fault = -1;
  }

  private failed(): number {
    recordBlocked(this.machine);
    return endWord(this.endOf('failed', this.machine.failure.id()));
  }

  private ended(): number {
    const ending = quiesce(this.machine);
    return endWord(this.endOf(ending, ending === 'failed' ? this.machine.failure.id() : -1));
  }

  private node(candidates: number): number {
    const state = this.intern();
    const count = countBits(candidates);
    if (state >= this.nodeOf.length) {
      const grown = new Int32Array(this.nodeOf.length * 2);
      grown.set(this.nodeOf);
      this.nodeOf = grown;
    }
    let node = this.nodeOf[state] ?? 0;
    if (node === 0) {
      node = this.allocate(NODE_EDGES + 2 * count);
      this.words[node] = state;
      this.words[node + 1] = candidates;
      this.nodeOf[state] = node;
    }
    return ((node >> 1) << COUNT_BITS) | count;
  }

  private fork(state: number, task: number): number {
    const key = state * 32 + task;
    let fork = this.forkOf.get(key);
    if (fork === undefined) {
      fork = this.allocate(FORK_EDGES + 4);
      this.words[fork] = state;
      this.words[fork + 1] = task;
      this.words[fork + 2] = this.machine.faultArmed(task) ? this.machine.faultWeight(task) : -1;
      this.forkOf.set(key, fork);
    }
    return ~(((fork >> 1) << 2) | FORKS);
  }

  private intern(): number {
    const offset = this.store.reserve();
    this.packer.pack(this.machine.state, this.store.data, offset);
    return this.store.intern();
  }

  private allocate(count: number): number {
    const first = this.used;
    this.used += count;
    if (this.used > this.words.length) {
      const grown = new Int32Array(this.words.length * 2);
      grown.set(this.words);
      this.words = grown;
    }
    return first;
  }
}

const endWord = (end: number): number => ~((end << 2) | ENDS);
