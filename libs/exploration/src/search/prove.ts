/**
 * Exhaustive search to a fixpoint: every schedule of a program, hence a verdict that is proved. Past the state budget it
 * stops and says so; such a result never counts as clean. Lists what was never executed, so that a proof of nothing is
 * visible.
 */
import { addressOf, programDigest, simpleCycles, type Program } from '@lastref/kernel';
import { Pulse, type Budget } from './budget.js';
import { judgeEndless } from './endless.js';
import { StateGraph, type GraphVisitor } from './graph.js';
import { GrowingInts } from '../growing.js';
import { allCanLeave, bottomComponents, loopHeads, type Successors } from './livelock.js';
import { oneRunMakes } from './lock-order.js';
import { expandReduced } from './reduction/expand-reduced.js';
import { canReduce, Reduction } from './reduction/reduction.js';
import { stateKeys } from './state-keys.js';
import { COMPLETED, unexecutedOf, type Unexecuted } from './unexecuted.js';

/** States a search may intern unless told otherwise. */
export const DEFAULT_MAX_STATES = 2_000_000;

export interface SearchResult {
  readonly program: string;
  readonly address: string;
  /** false: the budget ended the search, or that for the cycles of lock order; nothing is proved. */
  readonly complete: boolean;
  /** What ended the search before it was through; null where nothing did. */
  readonly limit: 'states' | 'bytes' | null;
  readonly states: number;
  readonly transitions: number;
  /** States that differ only by an exchange of identical tasks were counted once, and there are such tasks. */
  readonly symmetry: boolean;
  /** Not every state was expanded in full: states, transitions and depth are less than those of the program. */
  readonly reduced: boolean;
  /** States found but not expanded when the budget ended the search. */
  readonly frontier: number;
  /** Most steps from time 0 to a state, along shortest paths. */
  readonly depth: number;
  readonly bytesPerState: number;
  /** Digest of the states found, in no order. */
  readonly stateKeys: string;
  readonly ends: { readonly clean: number; readonly failed: number; readonly outside: number };
  /** Signatures of all failures that occur, sorted. */
  readonly failures: readonly string[];
  /** Functions of work items that queue themselves for ever beside nothing that waits: such runs neither end nor fail. */
  readonly pollers: readonly string[];
  /** Signatures of all reports that occur in some run, sorted. */
  readonly reports: readonly string[];
  /** Milestones of the case that some run reaches, and those that it should and none does. */
  readonly reached: readonly string[];
  readonly missed: readonly string[];
  readonly unexecuted: readonly Unexecuted[];
  /** Tasks that never take a step. */
  readonly idleTasks: readonly string[];
}

export interface ProveOptions extends Budget {
  /** Keeps one of the states that differ only by an exchange of identical tasks. Off unless asked for. */
  readonly symmetry?: boolean;
  /** Leaves out steps whose order with the others cannot matter. Off unless asked for. */
  readonly reduce?: boolean;
}

export function prove(program: Program, options: ProveOptions = {}): SearchResult {
  return new Search(program, options).run();
}

class Search {
  private readonly graph: StateGraph;
  private readonly failures = new Set<string>();
  private readonly pollers = new Set<string>();
  private readonly offsets = new GrowingInts();
  private readonly targets = new GrowingInts();
  private readonly leaves = new Set<number>();
  private readonly ends = { clean: 0, failed: 0, outside: 0 };
  private readonly steppedTasks: boolean[];
  private readonly maxStates: number;
  private readonly maxBytes: number;
  /** Bits of the lock-order edges and recursive locks that some run makes. */
  private low = 0;
  private high = 0;
  private recursive = 0;
  private readonly reduction: Reduction | null;
  private readonly pulse: Pulse;

  constructor(
    private readonly program: Program,
    options: ProveOptions,
  ) {
    this.maxStates = options.maxStates ?? DEFAULT_MAX_STATES;
    this.maxBytes = options.maxBytes ?? Infinity;
    this.pulse = new Pulse(options.pulse);
    this.graph = new StateGraph(program, { symmetry: options.symmetry ?? false });
    this.reduction =
      options.reduce === true && canReduce(program) ? new Reduction(this.graph.machine) : null;
    this.graph.machine.coverage = new Uint8Array(program.code.length);
    this.steppedTasks = new Array<boolean>(this.graph.machine.taskCount).fill(false);
  }

  run(): SearchResult {
    const { graph } = this;
    const { store } = graph;
    let depth = 0;
    let layerEnd = store.count;
    let expanded = 0;
    const visitor = this.visitor();
    for (; expanded < store.count && this.hasRoom(); expanded++) {
      if (expanded === layerEnd) {
        depth++;
        layerEnd = store.count;
      }
      this.offsets.push(this.targets.length);
      if (this.reduction === null) graph.expand(expanded, visitor);
      else expandReduced(graph, expanded, visitor, this.reduction);
      this.pulse.expanded();
    }
    this.offsets.push(this.targets.length);
    const complete = expanded === store.count;
    this.pulse.tell();
    if (complete) this.judgeEndlessRuns();
    return this.result(complete, depth, store.count - expanded);
  }

  private visitor(): GraphVisitor {
    const { machine } = this.graph;
    return {
      stepped: (task) => {
        this.steppedTasks[task] = true;
        this.noteEdges();
      },
      edge: (_from, _task, _fault, to) => {
        this.targets.push(to);
      },
      failure: (from, task) => {
        this.failures.add(machine.failure.signature());
        this.leaves.add(from);
        this.steppedTasks[task] = true;
        this.noteEdges();
      },
      end: (state, ending) => {
        this.ends[ending]++;
        this.leaves.add(state);
        if (ending === 'failed') this.failures.add(machine.failure.signature());
        this.noteEdges();
      },
    };
  }

  private hasRoom(): boolean {
    const { store } = this.graph;
    if (store.count > this.maxStates) return false;
    if (this.maxBytes === Infinity) return true;
    return store.bytes + this.targets.bytes + this.offsets.bytes <= this.maxBytes;
  }

  private limit(frontier: number): SearchResult['limit'] {
    if (frontier === 0) return null;
    return this.graph.store.count > this.maxStates ? 'states' : 'bytes';
  }

  private noteEdges(): void {
    const { low, high, recursive } = this.graph.machine.edges;
    this.low |= low;
    this.high |= high;
    this.recursive |= recursive;
  }

  private judgeEndlessRuns(): void {
    const { graph, program } = this;
    const successors = this.successors();
    if (allCanLeave(successors, graph.store.count)) return;
    const heads = loopHeads(program);
    for (const members of bottomComponents(successors, graph.store.count)) {
      const endless = judgeEndless(graph.machine, members, heads, (state) => {
        graph.restore(state);
      });
      switch (endless.kind) {
        case 'livelock':
          this.failures.add(endless.signature);
          break;
        case 'poller':
          for (const work of endless.works) this.pollers.add(work);
          break;
        case 'outside':
          this.ends.outside++;
          break;
      }
    }
  }

  private successors(): Successors {
    return { offsets: this.offsets.data, targets: this.targets.data, leaves: this.leaves };
  }

  /** Signatures of the reports; not all are told where a budget ended the second search. */
  private reports(): { readonly signatures: readonly string[]; readonly all: boolean } {
    const { edges } = this.graph.machine;
    edges.low = this.low;
    edges.high = this.high;
    edges.recursive = this.recursive;
    const found = new Set([...edges.recursiveLocks(), ...edges.warnings()]);
    let all = true;
    for (const cycle of simpleCycles(edges.pairs())) {
      const made = oneRunMakes(this.program, cycle, this.maxStates * 2, this.maxBytes, this.pulse);
      if (made === true) found.add(edges.lockOrder(cycle));
      all &&= made !== null;
    }
    return { signatures: [...found].sort(), all };
  }

  private result(complete: boolean, depth: number, frontier: number): SearchResult {
    const { program, graph } = this;
    const reached = this.reachedMilestones();
    const reports = this.reports();
    return {
      program: programDigest(program),
      address: addressOf(program),
      complete: complete && reports.all,
      limit: this.limit(frontier),
      states: graph.store.count,
      transitions: graph.transitions,
      reduced: this.reduction !== null,
      symmetry: program.tasks.some((_, task) => graph.alike(task).length > 1),
      frontier,
      depth,
      bytesPerState: graph.packer.words * 4,
      stateKeys: stateKeys(graph.store),
      ends: this.ends,
      failures: [...this.failures].sort(),
      pollers: [...this.pollers].sort(),
      reports: reports.signatures,
      reached,
      missed: program.reaches.flatMap((m) => {
        const name = program.milestones[m];
        return name === undefined || reached.includes(name) ? [] : [name];
      }),
      unexecuted: unexecutedOf(program, graph.machine.coverage ?? new Uint8Array()),
      idleTasks: program.tasks.flatMap((task, t) =>
        graph.alike(t).some((alike) => this.steppedTasks[alike]) ? [] : [task.name],
      ),
    };
  }

  private reachedMilestones(): string[] {
    const coverage = this.graph.machine.coverage;
    const reached = new Set<number>();
    this.program.code.forEach((op, pc) => {
      if (op.milestone !== undefined && ((coverage?.[pc] ?? 0) & COMPLETED) !== 0)
        reached.add(op.milestone);
    });
    return this.program.milestones.filter((_, m) => reached.has(m));
  }
}
