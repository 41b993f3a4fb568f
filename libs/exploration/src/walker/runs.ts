/**
 * The runs of a walker, one at a time: where a run begins, what becomes of an edge that is not simply walked on, the rest of
 * a run that the memo cannot hold, and what all of them amount to. A run at hand is its seed, its generator and the steps
 * it has left; the walker's loop keeps two of them and calls only at their ends.
 */
import { at, cell, quiesce, recordBlocked, Xoroshiro, type Program } from '@lastref/kernel';
import type { SignatureCounter } from '../sampling/totals.js';
import { countBits, nthCandidate, WEIGHT_RANGE } from '../strategies/strategy.js';
import { Outcomes } from './outcomes.js';
import { Memo, Table, type Source } from './table.js';

export interface WalkerOptions {
  /** Most bytes of the memo. */
  readonly maxBytes: number;
  /** Most states in the memo. */
  readonly maxStates: number;
}

/** Where seeds go that are counted one by one. */
export interface SeedListener {
  /** The counter of a signature, created if new. */
  counter(signature: string): SignatureCounter;
  cut(seed: number): void;
}

/** In place of a node: the run ended, or no seed is left. Written in where it is used. */
export const enum Node {
  none = 0,
}

export class Runs {
  schedules = 0;
  outside = 0;
  cut = 0;
  steps = 0;
  /** Runs that were interpreted in part. */
  interpreted = 0;
  readonly table: Table;
  readonly generator = new Xoroshiro();
  /** The run at hand: its seed as an offset from `from`, and steps left; its draws are the generator's. */
  seedOffset = 0;
  left = 0;
  /** The block of seeds, the offset of the next to run, and their generators. */
  from = 0;
  count = 0;
  offset = 0;
  readonly seeds: Int32Array;
  private readonly outcomes: Outcomes;
  private readonly weights: readonly number[];
  private readonly maxSteps: number;
  /** Edge and state of each start, by the mask of optional tasks that run. */
  private readonly startEdges: Int32Array;
  private readonly startStates: Int32Array;
  private readonly source: Source = { state: 0, task: -1, fault: -1 };

  /** @param block seeds of a block at most */
  constructor(
    program: Program,
    private readonly listener: SeedListener,
    { maxBytes, maxStates }: WalkerOptions,
    block: number,
  ) {
    this.seeds = new Int32Array(2 * block);
    this.table = new Table(
      program,
      (ending, failure, bits) => this.outcomes.endOf(ending, failure, bits),
      maxBytes,
      maxStates,
    );
    const { machine, bits } = this.table;
    this.outcomes = new Outcomes(machine, bits, (signature) => listener.counter(signature));
    this.maxSteps = program.maxSteps;
    const optional = program.tasks.flatMap((task, t) => (task.optional === undefined ? [] : [t]));
    this.weights = optional.map((t) => program.tasks[t]?.optional ?? 0);
    this.startEdges = new Int32Array(1 << optional.length);
    this.startStates = new Int32Array(1 << optional.length);
    for (let subset = 0; subset < 1 << optional.length; subset++) {
      machine.reset();
      optional.forEach((task, i) => {
        if ((subset & (1 << i)) !== 0) machine.startTask(task);
      });
      const { edge, state } = this.table.addStart();
      this.startEdges[subset] = edge;
      this.startStates[subset] = state;
    }
  }

  /** Forgets what was counted, and the counters. */
  clear(): void {
    this.schedules = this.outside = this.cut = this.steps = this.interpreted = 0;
    this.outcomes.clear();
  }

  /** The node at which every run begins, none if they differ or it is not known yet. */
  plainStart(): number {
    const { words } = this.table;
    const edge = cell(this.startEdges, 0);
    const to = cell(words, edge);
    return this.weights.length === 0 && to > 0 && this.plainLeft() >= 0 ? to : Node.none;
  }

  /** Steps left at that node. */
  plainLeft(): number {
    return this.maxSteps - cell(this.table.words, cell(this.startEdges, 0) + 1);
  }

  /** Counts the run that takes this edge if it ends there, clean and with nothing to count by seed. */
  endsQuietly(edge: number, before: number): boolean {
    const { words } = this.table;
    const to = cell(words, edge);
    const left = before - cell(words, edge + 1);
    const quiet =
      to < Memo.unknown &&
      (~to & Memo.forks) === 0 &&
      left >= 0 &&
      this.outcomes.quiet[~to >> 2] === 1;
    if (quiet) {
      this.schedules++;
      this.steps += this.maxSteps - left;
    }
    return quiet;
  }

  /** Begins runs until one stands at a node. @returns the node, Node.none if no seed is left */
  begin(): number {
    const { generator, weights, seeds, table } = this;
    while (this.offset < this.count) {
      const offset = this.offset++;
      this.seedOffset = offset;
      generator.s0 = cell(seeds, 2 * offset);
      generator.s1 = cell(seeds, 2 * offset + 1);
      this.left = this.maxSteps;
      let subset = 0;
      for (let i = 0; i < weights.length; i++)
        if (generator.pick(WEIGHT_RANGE) < at(weights, i)) subset |= 1 << i;
      const edge = cell(this.startEdges, subset);
      const to = cell(table.words, edge);
      const left = this.maxSteps - cell(table.words, edge + 1);
      if (to > 0 && left >= 0) {
        this.left = left;
        return to;
      }
      this.source.state = cell(this.startStates, subset);
      this.source.task = -1;
      this.source.fault = -1;
      const node = this.follow(edge);
      if (node !== Node.none) return node;
    }
    return Node.none;
  }

  /**
   * Takes an edge, wherever it leads, and begins the next run if this one ended there.
   * @returns the next node, Node.none if no seed is left
   */
  leave(node: number, edge: number, s0: number, s1: number): number {
    const { words } = this.table;
    const to = cell(words, edge);
    const left = this.left - cell(words, edge + 1);
    if (to < Memo.unknown && (~to & Memo.forks) === 0 && left >= 0) {
      this.left = left;
      this.finish(~to >> 2);
      return this.begin();
    }
    this.generator.s0 = s0;
    this.generator.s1 = s1;
    this.table.sourceOf(node >>> Memo.countBits, edge, this.source);
    const next = this.follow(edge);
    return next === Node.none ? this.begin() : next;
  }

  /** Follows an edge from `source`, through forks. @returns the next node, Node.none if the run ended */
  private follow(edge: number): number {
    const { table, source } = this;
    for (;;) {
      if (source.task >= 0 && this.left === 0) {
        this.finish(this.outcomes.endOf('cut', -1, table.bitsOf(source.state)));
        return Node.none;
      }
      if ((table.words[edge] ?? 0) === Memo.unknown && !this.filled(edge)) return this.interpret();
      const to = table.words[edge] ?? 0;
      const steps = table.words[edge + 1] ?? 0;
      if (steps > this.left) return this.interpret();
      this.left -= steps;
      if (to > 0) return to;
      const number = ~to >> 2;
      if ((~to & Memo.forks) === 0) {
        this.finish(number);
        return Node.none;
      }
      const fork = number << 1;
      const weight = table.words[fork + 2] ?? 0;
      source.state = table.words[fork] ?? 0;
      source.task = table.words[fork + 1] ?? 0;
      source.fault =
        weight >= 0 && this.left > 0 && this.generator.pick(WEIGHT_RANGE) < weight ? 1 : 0;
      edge = fork + Memo.forkEdges + 2 * source.fault;
    }
  }

  /** A step that throws is not kept: interpreting the run says so again, if the run comes to it. */
  private filled(edge: number): boolean {
    try {
      return this.table.fill(edge, this.source);
    } catch {
      return false;
    }
  }

  /** Interprets the rest of the run from `source`. */
  private interpret(): number {
    const { generator, source } = this;
    const { machine } = this.table;
    this.interpreted++;
    this.table.restore(source.state);
    let { task, fault } = source;
    for (;;) {
      const candidates = machine.candidates();
      if (candidates === 0) {
        this.judge(quiesce(machine));
        return Node.none;
      }
      if (this.left === 0) {
        this.judge('cut');
        return Node.none;
      }
      if (task < 0) {
        const n = generator.pick(countBits(candidates));
        task = nthCandidate(candidates, machine.early(), n);
      }
      if (fault < 0)
        fault =
          machine.faultArmed(task) && generator.pick(WEIGHT_RANGE) < machine.faultWeight(task)
            ? 1
            : 0;
      this.left--;
      if (!machine.step(task, fault === 1)) {
        recordBlocked(machine);
        this.judge('failed');
        return Node.none;
      }
      task = -1;
      fault = -1;
    }
  }

  /** Counts an interpreted run, whose edges the machine has. */
  private judge(ending: 'clean' | 'failed' | 'outside' | 'cut'): void {
    const { machine } = this.table;
    this.tally(ending);
    if (ending === 'failed')
      this.outcomes.counterOfFailure(machine.failure.id()).add(this.from + this.seedOffset);
    for (const report of machine.edges.reports())
      this.outcomes.counter(report).add(this.from + this.seedOffset);
  }

  private finish(end: number): void {
    const { ending, counters } = this.outcomes.get(end);
    this.tally(ending);
    for (let i = 0; i < counters.length; i++) counters[i]?.add(this.from + this.seedOffset);
  }

  private tally(ending: 'clean' | 'failed' | 'outside' | 'cut'): void {
    this.schedules++;
    this.steps += this.maxSteps - this.left;
    if (ending === 'outside') this.outside++;
    else if (ending === 'cut') {
      this.cut++;
      this.listener.cut(this.from + this.seedOffset);
    }
  }
}
