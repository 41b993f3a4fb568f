/**
 * The state graph of a program, explored breadth first to a fixpoint or to a budget: every candidate of every state,
 * with and without each armed fault, from every choice of optional tasks. The one expansion that proof, livelock,
 * lock-order confirmation and exact shrinking stand on.
 */
import {
  cell,
  Machine,
  SlimPacker,
  quiesce,
  recordBlocked,
  Symmetry,
  tablesOf,
  type Ending,
  type Program,
} from '@lastref/kernel';
import { StateStore } from './state-store.js';

const { clz32 } = Math;

/** What one expansion of a state meets; calls of a kind come in order of task number, without fault before with. */
export interface GraphVisitor {
  /** A step that did not fail was taken; the machine has the edges it made. */
  stepped?(task: number): void;
  /** A step to another state. @param isNew the target was not known before */
  edge?(from: number, task: number, fault: boolean, to: number, isNew: boolean): void;
  /** A step that failed; the machine holds the failure. */
  failure?(from: number, task: number, fault: boolean): void;
  /** A state without candidates; for 'failed' the machine holds the failure. */
  end?(state: number, ending: Ending): void;
}

/** A start: the optional tasks that run, as choices in declaration order. */
export interface StartState {
  readonly starts: readonly boolean[];
  readonly state: number;
}

/** Successors of one state at most: every task, without and with its fault. */
const SUCCESSORS_MAX = 64;

export class StateGraph {
  readonly machine: Machine;
  readonly packer: SlimPacker;
  readonly store: StateStore;
  readonly starts: StartState[] = [];
  transitions = 0;
  /** The state expanded last: its words, their sum, and whether the machine holds it still. */
  private baseWords: Int32Array;
  private baseSum = 0;
  private atBase = false;
  /** Successors of the state at hand whose numbers are not known yet: task << 1 | fault, and the sum of their words. */
  private readonly taken = new Int32Array(SUCCESSORS_MAX);
  private readonly sums = new Int32Array(SUCCESSORS_MAX);
  private readonly entries = new Int32Array(SUCCESSORS_MAX);
  private pending = 0;
  private readonly symmetry: Symmetry | null;

  /** @param options.symmetry keep one of the states that differ by an exchange of identical tasks */
  constructor(
    readonly program: Program,
    options: { readonly symmetry?: boolean } = {},
  ) {
    const tables = tablesOf(program);
    this.machine = new Machine(tables);
    this.packer = new SlimPacker(this.machine);
    this.store = new StateStore(this.packer.words);
    this.baseWords = new Int32Array(this.packer.words);
    const symmetry = options.symmetry === true ? new Symmetry(tables) : null;
    this.symmetry = symmetry !== null && symmetry.groups.length > 0 ? symmetry : null;
    this.addStarts();
  }

  /** Puts a state into the machine. */
  restore(state: number): void {
    this.atBase = false;
    this.packer.unpack(this.store.data, state * this.packer.words, this.machine.cells);
    this.machine.loaded();
  }

  /** Tasks that a step of this one stands for. */
  alike(task: number): readonly number[] {
    return this.symmetry?.groups.find((group) => group.includes(task)) ?? [task];
  }

  /** Number of the machine's present state. */
  intern(): number {
    this.atBase = false;
    if (this.packer.admitAll(this.machine)) this.widen();
    const offset = this.store.reserve();
    this.packer.pack(this.machine, this.store.data, offset);
    return this.store.intern();
  }

  /** Expands one state. @param choose which of the candidates to expand; the machine holds the state. All of them if absent */
  expand(state: number, visitor: GraphVisitor, choose?: (candidates: number) => number): void {
    const { machine } = this;
    this.toBase(state);
    const candidates = machine.candidates();
    if (candidates === 0) {
      visitor.end?.(state, quiesce(machine));
      return;
    }
    const chosen = choose === undefined ? candidates : choose(candidates);
    this.store.reserve(SUCCESSORS_MAX);
    this.pending = 0;
    machine.mark();
    machine.back();
    for (let rest = chosen; rest !== 0; rest &= rest - 1) {
      const task = 31 - clz32(rest & -rest);
      const armed = machine.faultArmed(task);
      this.take(state, task, false, visitor);
      machine.back();
      if (!armed) continue;
      this.take(state, task, true, visitor);
      machine.back();
    }
    this.internPending(state, visitor);
  }

  /** Puts a state into the machine, from the one expanded before if it is still there. */
  private toBase(state: number): void {
    const { machine, packer, store, baseWords } = this;
    const offset = state * packer.words;
    if (this.atBase) packer.unpackOnto(store.data, offset, baseWords, machine.cells);
    else {
      packer.unpack(store.data, offset, machine.cells);
      baseWords.set(store.data.subarray(offset, offset + packer.words));
    }
    this.baseSum = store.sum(offset);
    machine.loaded();
    this.atBase = true;
  }

  private take(from: number, task: number, fault: boolean, visitor: GraphVisitor): void {
    const { machine, store } = this;
    this.transitions++;
    if (!machine.step(task, fault)) {
      recordBlocked(machine);
      visitor.failure?.(from, task, fault);
      machine.undo();
      return;
    }
    visitor.stepped?.(task);
    this.symmetry?.canonicalise(machine);
    if (this.packer.admit(machine)) this.widen();
    const { words } = this.packer;
    const i = this.pending++;
    const offset = (store.count + i) * words;
    const grown = this.packer.packAndUndo(machine, store.data, from * words, offset, store.factors);
    this.taken[i] = (task << 1) | (fault ? 1 : 0);
    this.sums[i] = this.baseSum + grown;
  }

  /** Makes what was packed as wide as states are now. */
  private widen(): void {
    const { words } = this.packer;
    this.store.widen(words, this.pending);
    const wider = new Int32Array(words);
    wider.set(this.baseWords);
    this.baseWords = wider;
  }

  /** Numbers the successors, all at once: what the table has of each is fetched side by side, before any is needed. */
  private internPending(from: number, visitor: GraphVisitor): void {
    const { store, taken, sums, pending } = this;
    const { count } = store;
    store.fetch(sums, pending, this.entries);
    for (let i = 0; i < pending; i++) {
      const before = store.count;
      const to = store.internBySum(cell(sums, i), count + i);
      const step = cell(taken, i);
      visitor.edge?.(from, step >> 1, (step & 1) === 1, to, to === before);
    }
  }

  private addStarts(): void {
    const optional = this.program.tasks.flatMap((decl, task) =>
      decl.optional === undefined ? [] : [task],
    );
    for (let subset = 0; subset < 1 << optional.length; subset++) {
      const starts = optional.map((_, i) => (subset & (1 << i)) !== 0);
      this.machine.reset();
      optional.forEach((task, i) => {
        if (starts[i] === true) this.machine.startTask(task);
      });
      this.symmetry?.canonicalise(this.machine);
      this.starts.push({ starts, state: this.intern() });
    }
  }
}
