/**
 * The states of a program with everything a cost search asks of them, each expanded once and kept: its edges with their
 * choice labels, which tasks are enabled, which stand at a yield point, and where the target is met.
 */
import { Machine, Packer, quiesce, recordBlocked, tablesOf, type Program } from '@lastref/kernel';
import { StateStore } from '@lastref/exploration';
import type { Target } from './target.js';

/** Where an edge leads: a state from 0, or one of these. */
export const MEETS_TARGET = -1;
/** Another failure: the run is over and of no use here. */
export const DEAD_END = -2;

export interface Edge {
  readonly task: number;
  readonly armed: boolean;
  readonly fault: boolean;
  readonly to: number;
}

export interface Expansion {
  readonly edges: readonly Edge[];
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

export class CostGraph {
  readonly machine: Machine;
  readonly starts: Start[] = [];
  private readonly packer: Packer;
  private readonly store: StateStore;
  private readonly expansions: (Expansion | undefined)[] = [];

  constructor(
    readonly program: Program,
    private readonly target: Target,
  ) {
    const tables = tablesOf(program);
    this.machine = new Machine(tables);
    this.packer = new Packer(tables.layout);
    this.store = new StateStore(this.packer.words + 1);
    const optional = program.tasks.flatMap((decl, t) => (decl.optional === undefined ? [] : [t]));
    for (let subset = 0; subset < 1 << optional.length; subset++) {
      const starts = optional.map((_, i) => (subset & (1 << i)) !== 0);
      this.machine.reset();
      optional.forEach((task, i) => {
        if (starts[i] === true) this.machine.startTask(task);
      });
      this.starts.push({ starts, state: this.intern(0) });
    }
  }

  get states(): number {
    return this.store.count;
  }

  expand(state: number): Expansion {
    let known = this.expansions[state];
    if (known === undefined) {
      known = this.compute(state);
      this.expansions[state] = known;
    }
    return known;
  }

  /** Puts a state into the machine. @returns the report bits collected on the way to it */
  restore(state: number): number {
    const offset = state * this.store.words;
    this.packer.unpack(this.store.data, offset, this.machine.cells);
    this.machine.loaded();
    return this.store.data[offset + this.packer.words] ?? 0;
  }

  private intern(bits: number): number {
    const offset = this.store.reserve();
    this.packer.pack(this.machine.state, this.store.data, offset);
    this.store.data[offset + this.packer.words] = bits;
    return this.store.intern();
  }

  private compute(state: number): Expansion {
    const { machine, target } = this;
    const bits = this.restore(state);
    const candidates = machine.candidates();
    const enabled = machine.enabledMask();
    let yielding = 0;
    for (let t = 0; t < machine.taskCount; t++) if (machine.atYieldPoint(t)) yielding |= 1 << t;
    if (candidates === 0) return { edges: [], enabled, yielding, endsInTarget: this.ends(bits) };
    const edges: Edge[] = [];
    for (let task = 0; task < machine.taskCount; task++) {
      if ((candidates & (1 << task)) === 0) continue;
      this.restore(state);
      const armed = machine.faultArmed(task);
      for (const fault of armed ? [false, true] : [false]) {
        this.restore(state);
        edges.push({ task, armed, fault, to: this.take(task, fault, bits) });
      }
    }
    return {
      edges,
      enabled,
      yielding,
      endsInTarget: target.allBits !== 0 && bits === target.allBits,
    };
  }

  private take(task: number, fault: boolean, bits: number): number {
    const { machine, target } = this;
    const ok = machine.step(task, fault);
    if (!ok) recordBlocked(machine);
    const made = bits | target.bits(machine);
    if (target.allBits !== 0 && made === target.allBits) return MEETS_TARGET;
    if (ok) return this.intern(made);
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
