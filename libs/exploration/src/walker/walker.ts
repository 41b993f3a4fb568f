/**
 * Runs seeds of rw/1 on the memo: one draw and one load per choice instead of interpreting steps. Two runs at a time, so
 * that the loads of one hide behind the other's. Draws, verdicts, reports, steps and cuts are exactly the interpreter's:
 * whatever the memo cannot hold, and the last steps before a cut, are interpreted from the middle of the run.
 */
import { quiesce, recordBlocked, seedRange, Xoroshiro, type Program } from '@lastref/kernel';
import type { SignatureCounter } from '../sampling/totals.js';
import { countBits, nthBit, WEIGHT_RANGE } from '../strategies/strategy.js';
import { Outcomes } from './outcomes.js';
import { Memo, Table, type Source } from './table.js';

const { imul, min } = Math;

export interface WalkerOptions {
  /** Most bytes of the memo. */
  readonly maxBytes: number;
  /** Most states in the memo. */
  readonly maxStates: number;
}

/** Numbers written into the loops that use them. */
const enum Walk {
  noNode = 0,
  /** Seeds walked at once: generators are made together, and the loop is entered afresh, which compiles better. */
  block = 1024,
}

/** Runs after which a full memo is judged, and the share of interpreted runs above which it is given up. */
const TRIAL = 20_000;
const GIVE_UP = 0.75;

export class Walker {
  schedules = 0;
  outside = 0;
  cut = 0;
  steps = 0;
  /** Runs that were interpreted in part. */
  interpreted = 0;
  private readonly table: Table;
  private readonly outcomes: Outcomes;
  private readonly generator = new Xoroshiro();
  private readonly weights: readonly number[];
  private readonly maxSteps: number;
  /** Edge and state of each start, by the mask of optional tasks that run. */
  private readonly startEdges: Int32Array;
  private readonly startStates: Int32Array;
  private readonly source: Source = { state: 0, task: -1, fault: -1 };
  /** The run at hand: its seed as an offset from `from`, generator and steps left. */
  private seedOffset = 0;
  private left = 0;
  /** The block of seeds, the offset of the next to run, and their generators. */
  private from = 0;
  private count = 0;
  private offset = 0;
  private readonly seeds = new Int32Array(2 * Walk.block);
  private trialRuns = 0;
  private trialInterpreted = 0;

  constructor(
    program: Program,
    counter: (signature: string) => SignatureCounter,
    { maxBytes, maxStates }: WalkerOptions,
  ) {
    this.table = new Table(
      program,
      (ending, failure, bits) => this.outcomes.endOf(ending, failure, bits),
      maxBytes,
      maxStates,
    );
    const { machine, bits } = this.table;
    this.outcomes = new Outcomes(machine, bits, counter);
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

  get states(): number {
    return this.table.states;
  }

  get bytes(): number {
    return this.table.bytes;
  }

  /** The memo is full and most runs leave it: interpreting from the start is cheaper. */
  get paysNoMore(): boolean {
    if (!this.table.full) return false;
    if (this.schedules - this.trialRuns < TRIAL) return false;
    const share = (this.interpreted - this.trialInterpreted) / (this.schedules - this.trialRuns);
    this.trialRuns = this.schedules;
    this.trialInterpreted = this.interpreted;
    return share > GIVE_UP;
  }

  /** Forgets what was counted, and the counters; the memo stays. */
  clear(): void {
    this.schedules = this.outside = this.cut = this.steps = this.interpreted = 0;
    this.trialRuns = this.trialInterpreted = 0;
    this.outcomes.clear();
  }

  /** Runs seeds from .. from + count - 1. */
  run(from: number, count: number): void {
    for (let done = 0; done < count; done += Walk.block) {
      this.from = from + done;
      this.count = min(Walk.block, count - done);
      this.offset = 0;
      seedRange(this.from, this.count, this.seeds);
      this.walk();
    }
  }

  /**
   * The hot loop: two lanes of node, generator words and steps left. It calls nothing, so that all of them stay in
   * registers; what an edge that is not simply walked on needs is done behind it.
   */
  private walk(): void {
    const { generator, table } = this;
    let aNode = this.begin();
    let aSeed = this.seedOffset;
    let a0 = generator.s0 | 0;
    let a1 = generator.s1 | 0;
    let aLeft = this.left | 0;
    let bNode = this.begin();
    let bSeed = this.seedOffset;
    let b0 = generator.s0 | 0;
    let b1 = generator.s1 | 0;
    let bLeft = this.left | 0;
    while (aNode !== Walk.noNode && bNode !== Walk.noNode) {
      const { words } = table;
      let edge = 0;
      let isA = true;
      for (;;) {
        {
          const product = imul(a0, 0x9e3779bb);
          const x = imul((product << 5) | (product >>> 27), 5);
          const mixed = a1 ^ a0;
          a0 = ((a0 << 26) | (a0 >>> 6)) ^ mixed ^ (mixed << 9);
          a1 = (mixed << 13) | (mixed >>> 19);
          const n = aNode & Memo.countMask;
          const k = (imul(x >>> 16, n) + (imul(x & 0xffff, n) >>> 16)) >>> 16;
          edge = (aNode >>> Memo.countBits) + (k << 1);
          const to = words[edge] as number;
          const left = (aLeft - (words[edge + 1] as number)) | 0;
          if ((to | left) < 0) {
            isA = true;
            break;
          }
          aNode = to;
          aLeft = left;
        }
        {
          const product = imul(b0, 0x9e3779bb);
          const x = imul((product << 5) | (product >>> 27), 5);
          const mixed = b1 ^ b0;
          b0 = ((b0 << 26) | (b0 >>> 6)) ^ mixed ^ (mixed << 9);
          b1 = (mixed << 13) | (mixed >>> 19);
          const n = bNode & Memo.countMask;
          const k = (imul(x >>> 16, n) + (imul(x & 0xffff, n) >>> 16)) >>> 16;
          edge = (bNode >>> Memo.countBits) + (k << 1);
          const to = words[edge] as number;
          const left = (bLeft - (words[edge + 1] as number)) | 0;
          if ((to | left) < 0) {
            isA = false;
            break;
          }
          bNode = to;
          bLeft = left;
        }
      }
      if (isA) {
        this.seedOffset = aSeed;
        this.left = aLeft;
        aNode = this.leave(aNode, edge, a0, a1);
        aSeed = this.seedOffset;
        a0 = generator.s0 | 0;
        a1 = generator.s1 | 0;
        aLeft = this.left | 0;
      } else {
        this.seedOffset = bSeed;
        this.left = bLeft;
        bNode = this.leave(bNode, edge, b0, b1);
        bSeed = this.seedOffset;
        b0 = generator.s0 | 0;
        b1 = generator.s1 | 0;
        bLeft = this.left | 0;
      }
    }
    if (aNode !== Walk.noNode) {
      this.seedOffset = aSeed;
      this.left = aLeft;
      this.walkAlone(aNode, a0, a1);
    } else if (bNode !== Walk.noNode) {
      this.seedOffset = bSeed;
      this.left = bLeft;
      this.walkAlone(bNode, b0, b1);
    }
  }

  /** The last run of a block. */
  private walkAlone(node: number, s0: number, s1: number): void {
    const { generator } = this;
    generator.s0 = s0;
    generator.s1 = s1;
    while (node !== Walk.noNode) {
      const edge = (node >>> Memo.countBits) + 2 * generator.pick(node & Memo.countMask);
      node = this.leave(node, edge, generator.s0, generator.s1);
    }
  }

  /** Begins runs until one stands at a node. @returns the node, Walk.noNode if no seed is left */
  private begin(): number {
    const { generator, weights, seeds, table } = this;
    while (this.offset < this.count) {
      const offset = this.offset++;
      this.seedOffset = offset;
      generator.s0 = seeds[2 * offset] as number;
      generator.s1 = seeds[2 * offset + 1] as number;
      this.left = this.maxSteps;
      let subset = 0;
      for (let i = 0; i < weights.length; i++)
        if (generator.pick(WEIGHT_RANGE) < (weights[i] as number)) subset |= 1 << i;
      const edge = this.startEdges[subset] as number;
      const to = table.words[edge] as number;
      const left = this.maxSteps - (table.words[edge + 1] as number);
      if (to > 0 && left >= 0) {
        this.left = left;
        return to;
      }
      this.source.state = this.startStates[subset] as number;
      this.source.task = -1;
      this.source.fault = -1;
      const node = this.follow(edge);
      if (node !== Walk.noNode) return node;
    }
    return Walk.noNode;
  }

  /**
   * Takes an edge, wherever it leads, and begins the next run if this one ended there.
   * @returns the next node, Walk.noNode if no seed is left
   */
  private leave(node: number, edge: number, s0: number, s1: number): number {
    const { words } = this.table;
    const to = words[edge] as number;
    const left = this.left - (words[edge + 1] as number);
    if (to < Memo.unknown && (~to & Memo.forks) === 0 && left >= 0) {
      this.left = left;
      this.finish(~to >> 2);
      return this.begin();
    }
    this.generator.s0 = s0;
    this.generator.s1 = s1;
    this.table.sourceOf(node >>> Memo.countBits, edge, this.source);
    const next = this.follow(edge);
    return next === Walk.noNode ? this.begin() : next;
  }

  /** Follows an edge from `source`, through forks. @returns the next node, Walk.noNode if the run ended */
  private follow(edge: number): number {
    const { table, source } = this;
    for (;;) {
      if (source.task >= 0 && this.left === 0) {
        this.finish(this.outcomes.endOf('cut', -1, table.bitsOf(source.state)));
        return Walk.noNode;
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
        return Walk.noNode;
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
        return Walk.noNode;
      }
      if (this.left === 0) {
        this.judge('cut');
        return Walk.noNode;
      }
      if (task < 0) task = nthBit(candidates, generator.pick(countBits(candidates)));
      if (fault < 0)
        fault =
          machine.faultArmed(task) && generator.pick(WEIGHT_RANGE) < machine.faultWeight(task)
            ? 1
            : 0;
      this.left--;
      if (!machine.step(task, fault === 1)) {
        recordBlocked(machine);
        this.judge('failed');
        return Walk.noNode;
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
    else if (ending === 'cut') this.cut++;
  }
}
