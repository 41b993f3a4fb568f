/**
 * Runs seeds of rw/1 on the memo: one draw and one load per choice instead of interpreting steps. Two runs at a time, so
 * that the loads of one hide behind the other's. Draws, verdicts, reports, steps and cuts are exactly the interpreter's:
 * whatever the memo cannot hold, and the last steps before a cut, are interpreted from the middle of the run.
 */
import { cell, seedRange, type Program } from '@lastref/kernel';
import { Node, Runs, type SeedListener, type WalkerOptions } from './runs.js';
import { Memo } from './table.js';

const { imul, min } = Math;

/** Numbers written into the loops that use them. */
const enum Walk {
  /** Seeds walked at once: generators are made together, and the loop is entered afresh, which compiles better. */
  block = 1024,
}

/** Runs after which a full memo is judged, and the share of interpreted runs above which it is given up. */
const TRIAL = 20_000;
const GIVE_UP = 0.75;

export class Walker {
  private readonly runs: Runs;
  private trialRuns = 0;
  private trialInterpreted = 0;

  constructor(program: Program, seeds: SeedListener, options: WalkerOptions) {
    this.runs = new Runs(program, seeds, options, Walk.block);
  }

  /** What was counted so far. */
  get totals(): Pick<Runs, 'schedules' | 'outside' | 'cut' | 'steps' | 'interpreted'> {
    return this.runs;
  }

  get states(): number {
    return this.runs.table.states;
  }

  get bytes(): number {
    return this.runs.table.bytes;
  }

  /** The memo is full and most runs leave it: interpreting from the start is cheaper. */
  get paysNoMore(): boolean {
    const { table, schedules, interpreted } = this.runs;
    if (!table.full || schedules - this.trialRuns < TRIAL) return false;
    const share = (interpreted - this.trialInterpreted) / (schedules - this.trialRuns);
    this.trialRuns = schedules;
    this.trialInterpreted = interpreted;
    return share > GIVE_UP;
  }

  /** Forgets what was counted, and the counters; the memo stays. */
  clear(): void {
    this.trialRuns = this.trialInterpreted = 0;
    this.runs.clear();
  }

  /** Runs seeds from .. from + count - 1. */
  run(from: number, count: number): void {
    const { runs } = this;
    for (let done = 0; done < count; done += Walk.block) {
      runs.from = from + done;
      runs.count = min(Walk.block, count - done);
      runs.offset = 0;
      seedRange(runs.from, runs.count, runs.seeds);
      this.walk();
    }
  }

  /**
   * The hot loop: two lanes of node, generator words and steps left. It calls nothing, so that all of them stay in
   * registers; what an edge that is not simply walked on needs is done behind it.
   */
  private walk(): void {
    const { runs } = this;
    const { generator, seeds, table } = runs;
    let aNode = runs.begin();
    let aSeed = runs.seedOffset;
    let a0 = generator.s0 | 0;
    let a1 = generator.s1 | 0;
    let aLeft = runs.left | 0;
    let bNode = runs.begin();
    let bSeed = runs.seedOffset;
    let b0 = generator.s0 | 0;
    let b1 = generator.s1 | 0;
    let bLeft = runs.left | 0;
    const startNode = runs.plainStart();
    const startLeft = runs.plainLeft();
    const plainEnd = startNode === Node.none ? 0 : runs.count;
    while (aNode !== Node.none && bNode !== Node.none) {
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
          const to = cell(words, edge);
          const left = (aLeft - cell(words, edge + 1)) | 0;
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
          const to = cell(words, edge);
          const left = (bLeft - cell(words, edge + 1)) | 0;
          if ((to | left) < 0) {
            isA = false;
            break;
          }
          bNode = to;
          bLeft = left;
        }
      }
      const offset = runs.offset;
      if (offset < plainEnd && runs.endsQuietly(edge, isA ? aLeft : bLeft)) {
        runs.offset = offset + 1;
        const s0 = cell(seeds, 2 * offset);
        const s1 = cell(seeds, 2 * offset + 1);
        if (isA) {
          aNode = startNode;
          aSeed = offset;
          a0 = s0;
          a1 = s1;
          aLeft = startLeft;
        } else {
          bNode = startNode;
          bSeed = offset;
          b0 = s0;
          b1 = s1;
          bLeft = startLeft;
        }
      } else if (isA) {
        runs.seedOffset = aSeed;
        runs.left = aLeft;
        aNode = runs.leave(aNode, edge, a0, a1);
        aSeed = runs.seedOffset;
        a0 = generator.s0 | 0;
        a1 = generator.s1 | 0;
        aLeft = runs.left | 0;
      } else {
        runs.seedOffset = bSeed;
        runs.left = bLeft;
        bNode = runs.leave(bNode, edge, b0, b1);
        bSeed = runs.seedOffset;
        b0 = generator.s0 | 0;
        b1 = generator.s1 | 0;
        bLeft = runs.left | 0;
      }
    }
    if (aNode !== Node.none) {
      runs.seedOffset = aSeed;
      runs.left = aLeft;
      this.walkAlone(aNode, a0, a1);
    } else if (bNode !== Node.none) {
      runs.seedOffset = bSeed;
      runs.left = bLeft;
      this.walkAlone(bNode, b0, b1);
    }
  }

  /** The last run of a block. */
  private walkAlone(node: number, s0: number, s1: number): void {
    const { runs } = this;
    const { generator } = runs;
    generator.s0 = s0;
    generator.s1 = s1;
    while (node !== Node.none) {
      const edge = (node >>> Memo.countBits) + 2 * generator.pick(node & Memo.countMask);
      node = runs.leave(node, edge, generator.s0, generator.s1);
    }
  }
}
