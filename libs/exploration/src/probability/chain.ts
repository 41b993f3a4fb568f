/**
 * The uniform walk rw/1 on a program as a Markov chain: every state, the probability of each step, and what runs end in.
 * On demand a state also holds which lock-order edges of possible cycles the run has made, so that reports, which end no
 * run, become ends like any other. Unlike a sampled run the chain has no step limit.
 */
import { Packer, quiesce, recordBlocked, type Ending, type Program } from '@lastref/kernel';
import { StateGraph } from '../search/graph.js';
import { StateStore } from '../search/state-store.js';
import { EdgeUnion, NO_EDGES, type EdgeMask } from './edge-union.js';

/** Whole range of the weights of optional tasks and faults. */
const WEIGHTS = 65_536;

/** Words behind the packed state that hold the run's lock-order edges. */
const EDGE_WORDS = 3;

/** Stands among the signatures for a run that leaves the case. */
export const OUTSIDE = 'outside';

/** Something runs end in, from one state, with this probability. */
export interface Exit {
  readonly state: number;
  readonly probability: number;
  /** The signatures that such a run shows; none for a clean one. */
  readonly signatures: readonly string[];
}

export class Chain {
  readonly graph: StateGraph;
  readonly store: StateStore;
  private readonly packer: Packer;
  /** Steps of state i: targets[offsets[i] .. offsets[i+1]), with their probabilities beside them. */
  readonly offsets: number[] = [];
  readonly targets: number[] = [];
  readonly weights: number[] = [];
  readonly exits: Exit[] = [];
  /** Starts with the probability of their choice of optional tasks. */
  readonly starts: { readonly state: number; readonly probability: number }[] = [];
  /** All lock-order edges that some run makes. */
  readonly edges = new EdgeUnion();

  /** @param mask the edges to keep beside the state, as the machine of `graph` numbers them */
  constructor(
    program: Program,
    private readonly mask: EdgeMask = NO_EDGES,
    graph = new StateGraph(program),
  ) {
    this.graph = graph;
    const { machine } = graph;
    this.packer = new Packer(machine.tables.layout);
    this.store = new StateStore(this.packer.words + (mask === NO_EDGES ? 0 : EDGE_WORDS));
    const optional = program.tasks.flatMap((task) => task.optional ?? []);
    for (const { starts, state } of this.graph.starts) {
      this.graph.restore(state);
      const probability = optional.reduce(
        (p, weight, i) => p * (starts[i] === true ? weight : WEIGHTS - weight) * (1 / WEIGHTS),
        1,
      );
      machine.edges.clear();
      this.starts.push({ state: this.intern(), probability });
    }
  }

  get states(): number {
    return this.store.count;
  }

  /** Expands every state. @returns false if there are more than `maxStates` */
  build(maxStates: number): boolean {
    for (let state = 0; state < this.store.count; state++) {
      if (this.store.count > maxStates) return false;
      this.offsets.push(this.targets.length);
      this.expand(state);
    }
    this.offsets.push(this.targets.length);
    return true;
  }

  /** Number of the machine's present state. */
  intern(): number {
    const { packer } = this;
    const { machine } = this.graph;
    const offset = this.store.reserve();
    packer.pack(machine.state, this.store.data, offset);
    if (this.mask !== NO_EDGES) {
      this.store.data[offset + packer.words] = machine.edges.low & this.mask.low;
      this.store.data[offset + packer.words + 1] = machine.edges.high & this.mask.high;
      this.store.data[offset + packer.words + 2] = machine.edges.recursive & this.mask.recursive;
    }
    return this.store.intern();
  }

  /** Puts a state, and the edges its runs have made, into the machine. */
  restore(state: number): void {
    const { packer } = this;
    const { machine } = this.graph;
    const offset = state * this.store.words;
    packer.unpack(this.store.data, offset, machine.cells);
    machine.loaded();
    if (this.mask === NO_EDGES) return;
    const { data } = this.store;
    machine.edges.low = data[offset + packer.words] ?? 0;
    machine.edges.high = data[offset + packer.words + 1] ?? 0;
    machine.edges.recursive = data[offset + packer.words + 2] ?? 0;
  }

  /** Reports of a run whose edges the machine holds; none where edges are not kept. */
  reports(): readonly string[] {
    return this.mask === NO_EDGES ? [] : this.graph.machine.edges.reports();
  }

  private expand(state: number): void {
    const { machine } = this.graph;
    this.restore(state);
    const candidates = machine.candidates();
    if (candidates === 0) {
      this.exit(state, 1, quiesce(machine));
      return;
    }
    const tasks = Array.from({ length: machine.taskCount }, (_, task) => task).filter(
      (task) => (candidates & (1 << task)) !== 0,
    );
    for (const task of tasks) {
      this.restore(state);
      const fault = machine.faultArmed(task) ? machine.faultWeight(task) / WEIGHTS : 0;
      if (fault < 1) this.step(state, task, false, (1 - fault) / tasks.length);
      if (fault > 0) this.step(state, task, true, fault / tasks.length);
    }
  }

  private step(state: number, task: number, fault: boolean, probability: number): void {
    const { machine } = this.graph;
    this.restore(state);
    if (!machine.step(task, fault)) {
      recordBlocked(machine);
      this.exit(state, probability, 'failed');
      return;
    }
    this.edges.add(machine.edges);
    this.targets.push(this.intern());
    this.weights.push(probability);
  }

  private exit(state: number, probability: number, ending: Ending): void {
    const { machine } = this.graph;
    this.edges.add(machine.edges);
    const signatures = [...this.reports()];
    if (ending === 'failed') signatures.push(machine.failure.signature());
    else if (ending === 'outside') signatures.push(OUTSIDE);
    this.exits.push({ state, probability, signatures });
  }
}
