/**
 * Runs seeds of rw/1 on the memo: one draw and one load per choice instead of interpreting steps. Two runs at a time, so
 * that the loads of one hide behind the other's. Draws, verdicts, reports, steps and cuts are exactly the interpreter's:
 * whatever the memo cannot hold, and the last steps before a cut, are interpreted from the middle of the run.
 */
import { assert, quiesce, recordBlocked, Xoroshiro, type Program } from '@lastref/kernel';
import type { SignatureCounter } from '../sampling/totals.js';
import { countBits, nthBit, WEIGHT_RANGE } from '../strategies/strategy.js';
import { Outcomes } from './outcomes.js';
import {
  BITS_SHIFT,
  COUNT_BITS,
  COUNT_MASK,
  FORK_EDGES,
  FORKS,
  NODE_EDGES,
  STEPS_MASK,
  Table,
  type Source,
} from './table.js';

const { imul } = Math;

export interface WalkerOptions {
  /** Most bytes of the memo. */
  readonly maxBytes: number;
  /** Most states in the memo. */
  readonly maxStates: number;
}

const CUT = 0;
const NO_NODE = 0;
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
  private readonly starts: { readonly edge: number; readonly state: number }[] = [];
  private readonly source: Source = { state: 0, task: -1, fault: -1 };
  /** The run at hand: its seed, generator, steps left and bits collected. */
  private seed = 0;
  private left = 0;
  private bits = 0;
  /** Seeds still to run. */
  private next = 0;
  private end = 0;
  private trialRuns = 0;
  private trialInterpreted = 0;

  constructor(
    program: Program,
    counter: (signature: string) => SignatureCounter,
    { maxBytes, maxStates }: WalkerOptions,
  ) {
    this.table = new Table(
      program,
      (ending, id) => this.outcomes.endOf(ending, id),
      maxBytes,
      maxStates,
    );
    const { machine, bits } = this.table;
    this.outcomes = new Outcomes(machine, bits, counter);
    this.maxSteps = program.maxSteps;
    const optional = program.tasks.flatMap((task, t) => (task.optional === undefined ? [] : [t]));
    this.weights = optional.map((t) => program.tasks[t]?.optional ?? 0);
    for (let subset = 0; subset < 1 << optional.length; subset++) {
      machine.reset();
      optional.forEach((task, i) => {
        if ((subset & (1 << i)) !== 0) machine.startTask(task);
      });
      this.starts.push(this.table.addStart());
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
    this.next = from;
    this.end = from + count;
    this.walk();
  }

  /** The hot loop. Each lane: node, generator words, steps left, bits, seed. */
  private walk(): void {
    const { generator } = this;
    let words = this.table.words;
    let aNode = this.begin();
    if (aNode === NO_NODE) return;
    let a0 = generator.s0;
    let a1 = generator.s1;
    let aLeft = this.left;
    let aBits = this.bits;
    let aSeed = this.seed;
    let bNode = this.begin();
    let b0 = generator.s0;
    let b1 = generator.s1;
    let bLeft = this.left;
    let bBits = this.bits;
    let bSeed = this.seed;
    words = this.table.words;
    for (;;) {
      {
        const product = imul(a0, 0x9e3779bb);
        const x = imul((product << 5) | (product >>> 27), 5);
        const mixed = a1 ^ a0;
        a0 = ((a0 << 26) | (a0 >>> 6)) ^ mixed ^ (mixed << 9);
        a1 = (mixed << 13) | (mixed >>> 19);
        const n = aNode & COUNT_MASK;
        const k = (imul(x >>> 16, n) + (imul(x & 0xffff, n) >>> 16)) >>> 16;
        const edge = ((aNode >>> COUNT_BITS) << 1) + NODE_EDGES + (k << 1);
        const to = words[edge] as number;
        const adds = words[edge + 1] as number;
        const left = aLeft - (adds & STEPS_MASK);
        if (((to - 1) | left) >= 0) {
          aNode = to;
          aLeft = left;
          aBits |= adds;
        } else {
          generator.s0 = a0;
          generator.s1 = a1;
          this.left = aLeft;
          this.bits = aBits;
          this.seed = aSeed;
          aNode = this.leave(aNode, edge);
          if (aNode === NO_NODE) aNode = this.begin();
          words = this.table.words;
          if (aNode === NO_NODE) {
            if (bNode === NO_NODE) return;
            aNode = bNode;
            bNode = NO_NODE;
            a0 = b0;
            a1 = b1;
            aLeft = bLeft;
            aBits = bBits;
            aSeed = bSeed;
            continue;
          }
          a0 = generator.s0;
          a1 = generator.s1;
          aLeft = this.left;
          aBits = this.bits;
          aSeed = this.seed;
        }
      }
      if (bNode === NO_NODE) continue;
      const product = imul(b0, 0x9e3779bb);
      const x = imul((product << 5) | (product >>> 27), 5);
      const mixed = b1 ^ b0;
      b0 = ((b0 << 26) | (b0 >>> 6)) ^ mixed ^ (mixed << 9);
      b1 = (mixed << 13) | (mixed >>> 19);
      const n = bNode & COUNT_MASK;
      const k = (imul(x >>> 16, n) + (imul(x & 0xffff, n) >>> 16)) >>> 16;
      const edge = ((bNode >>> COUNT_BITS) << 1) + NODE_EDGES + (k << 1);
      const to = words[edge] as number;
      const adds = words[edge + 1] as number;
      const left = bLeft - (adds & STEPS_MASK);
      if (((to - 1) | left) >= 0) {
        bNode = to;
        bLeft = left;
        bBits |= adds;
      } else {
        generator.s0 = b0;
        generator.s1 = b1;
        this.left = bLeft;
        this.bits = bBits;
        this.seed = bSeed;
        bNode = this.leave(bNode, edge);
        if (bNode === NO_NODE) bNode = this.begin();
        words = this.table.words;
        b0 = generator.s0;
        b1 = generator.s1;
        bLeft = this.left;
        bBits = this.bits;
        bSeed = this.seed;
      }
    }
  }

  /** Begins runs until one stands at a node. @returns the node, NO_NODE if no seed is left */
  private begin(): number {
    const { generator, weights } = this;
    while (this.next < this.end) {
      this.seed = this.next++;
      generator.seed(this.seed);
      this.left = this.maxSteps;
      this.bits = 0;
      let subset = 0;
      for (let i = 0; i < weights.length; i++)
        if (generator.pick(WEIGHT_RANGE) < (weights[i] ?? 0)) subset |= 1 << i;
      const start = this.starts[subset];
      assert(start !== undefined, 'every choice of optional tasks has a start');
      const to = this.table.words[start.edge] ?? 0;
      const adds = this.table.words[start.edge + 1] ?? 0;
      if (to > 0 && (adds & STEPS_MASK) <= this.left) {
        this.left -= adds & STEPS_MASK;
        this.bits = adds;
        return to;
      }
      this.source.state = start.state;
      this.source.task = -1;
      this.source.fault = -1;
      const node = this.follow(start.edge);
      if (node !== NO_NODE) return node;
    }
    return NO_NODE;
  }

  /** An edge of a node that is not simply walked on. @returns the next node, NO_NODE if the run ended */
  private leave(node: number, edge: number): number {
    const to = this.table.words[edge] ?? 0;
    const adds = this.table.words[edge + 1] ?? 0;
    const ends = to < 0 && (~to & FORKS) === 0;
    if (ends && this.left > 0 && this.left >= (adds & STEPS_MASK)) {
      this.left -= adds & STEPS_MASK;
      this.finish(~to >> 2, this.bits | adds);
      return NO_NODE;
    }
    this.table.sourceOf((node >>> COUNT_BITS) << 1, edge, this.source);
    return this.follow(edge);
  }

  /** Follows an edge from `source`, through forks. @returns the next node, NO_NODE if the run ended */
  private follow(edge: number): number {
    const { table, source } = this;
    for (;;) {
      if (source.task >= 0 && this.left === 0) {
        this.finish(CUT, this.bits);
        return NO_NODE;
      }
      if ((table.words[edge] ?? 0) === 0 && !this.filled(edge)) return this.interpret();
      const to = table.words[edge] ?? 0;
      const adds = table.words[edge + 1] ?? 0;
      if ((adds & STEPS_MASK) > this.left) return this.interpret();
      this.left -= adds & STEPS_MASK;
      this.bits |= adds;
      if (to > 0) return to;
      const number = ~to >> 2;
      if ((~to & FORKS) === 0) {
        this.finish(number, this.bits);
        return NO_NODE;
      }
      const fork = number << 1;
      const weight = table.words[fork + 2] ?? 0;
      source.state = table.words[fork] ?? 0;
      source.task = table.words[fork + 1] ?? 0;
      source.fault =
        weight >= 0 && this.left > 0 && this.generator.pick(WEIGHT_RANGE) < weight ? 1 : 0;
      edge = fork + FORK_EDGES + 2 * source.fault;
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
    const { machine, bits } = this.table;
    this.interpreted++;
    this.table.restore(source.state);
    bits.restore(machine, this.bits >>> BITS_SHIFT);
    let { task, fault } = source;
    for (;;) {
      const candidates = machine.candidates();
      if (candidates === 0) {
        this.judge(quiesce(machine));
        return NO_NODE;
      }
      if (this.left === 0) {
        this.judge('cut');
        return NO_NODE;
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
        return NO_NODE;
      }
      task = -1;
      fault = -1;
    }
  }

  /** Counts an interpreted run, whose edges the machine has. */
  private judge(ending: 'clean' | 'failed' | 'outside' | 'cut'): void {
    const { machine } = this.table;
    this.count(ending);
    if (ending === 'failed') this.outcomes.counterOfFailure(machine.failure.id()).add(this.seed);
    for (const report of machine.edges.reports()) this.outcomes.counter(report).add(this.seed);
  }

  private finish(end: number, bits: number): void {
    const { ending, counters } = this.outcomes.get(end, bits >>> BITS_SHIFT);
    this.count(ending);
    for (let i = 0; i < counters.length; i++) counters[i]?.add(this.seed);
  }

  private count(ending: 'clean' | 'failed' | 'outside' | 'cut'): void {
    this.schedules++;
    this.steps += this.maxSteps - this.left;
    if (ending === 'outside') this.outside++;
    else if (ending === 'cut') this.cut++;
  }
}
