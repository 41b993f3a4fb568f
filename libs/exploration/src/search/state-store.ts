/**
 * Interns packed states: equal states get one number, numbers are given in order of arrival. Open addressing over one
 * pool of words, no hash is trusted: words are compared, so a proof has no collision probability.
 */
import { cell, fmix32 } from '@lastref/kernel';
import { grown } from '../growing.js';

const { imul } = Math;
const GOLDEN = 0x9e3779b1;

/** Entries up to which the table grows fourfold, since entering all states anew costs more than four bytes each. */
const GROWS_FAST = 1 << 20;

const factorsFor = (words: number): Int32Array =>
  Int32Array.from({ length: words }, (_, i) => fmix32(i + 1) | 1);

const hashOf = (sum: number): number => {
  const mixed = imul(sum ^ (sum >>> 16), GOLDEN);
  return mixed ^ (mixed >>> 15);
};

export class StateStore {
  count = 0;
  private pool: Int32Array;
  /** At the low bits of a state's hash, or behind: its other bits and, in place of those, state + 1. 0 where free. */
  private table: Int32Array;
  private mask: number;
  /** What fetch() read, so that reading is not left out. */
  fetched = 0;
  /** An odd number per word: a state's hash is the sum of words times factors, mixed. */
  factors: Int32Array;

  /** @param words 32-bit words of one state */
  constructor(
    public words: number,
    initial = 1024,
  ) {
    this.factors = factorsFor(words);
    this.pool = new Int32Array(initial * words);
    this.table = new Int32Array(initial * 2);
    this.mask = initial * 2 - 1;
  }

  /** Bytes held for states and table. */
  get bytes(): number {
    return this.pool.byteLength + this.table.byteLength;
  }

  /** The words of all states; state i starts at i * words. Changes when the store grows. */
  get data(): Int32Array {
    return this.pool;
  }

  /** Where the next state, or the next `states`, are to be written before intern(). */
  reserve(states = 1): number {
    const offset = this.count * this.words;
    if (offset + states * this.words > this.pool.length)
      this.pool = grown(this.pool, offset + states * this.words);
    return offset;
  }

  /**
   * Brings what the table has for sums, and the states it names, near the processor. One after another each would be
   * waited for; here nothing depends on what was read, so that all are waited for at once.
   * @param into as many words, for the table's entries
   */
  fetch(sums: Int32Array, count: number, into: Int32Array): void {
    const { table, mask, pool, words } = this;
    for (let i = 0; i < count; i++) into[i] = cell(table, hashOf(cell(sums, i)) & mask);
    let read = 0;
    for (let i = 0; i < count; i++) {
      const state = (cell(into, i) & mask) - 1;
      const first = (state & ~(state >> 31)) * words;
      read ^= cell(pool, first) ^ cell(pool, first + words - 1);
    }
    this.fetched = read;
  }

  /** Number of the state written at reserve(); it is new if the number equals the old count. */
  intern(): number {
    return this.internBySum(this.sum(this.count * this.words));
  }

  /** The same where sum() of the words is known already. @param at the place they were written at, counted in states */
  internBySum(sum: number, at = this.count): number {
    const { words, count, table, mask } = this;
    const offset = at * words;
    const hash = hashOf(sum);
    const tag = hash & ~mask;
    let slot = hash & mask;
    for (;;) {
      const entry = cell(table, slot);
      if (entry === 0) break;
      const state = (entry & mask) - 1;
      if ((entry & ~mask) === tag && this.equal(state * words, offset)) return state;
      slot = (slot + 1) & mask;
    }
    if (at !== count)
      for (let i = 0, to = count * words; i < words; i++)
        this.pool[to + i] = cell(this.pool, offset + i);
    table[slot] = tag | (count + 1);
    this.count++;
    if (this.count * 4 > mask * 3) this.growTable();
    return count;
  }

  /** The sum of a state's words times factors, modulo 2^32: what changed adds or takes away its part. */
  sum(offset: number): number {
    const { pool, words, factors } = this;
    let sum = 0;
    for (let i = 0; i < words; i++)
      sum = (sum + imul(cell(pool, offset + i), cell(factors, i))) | 0;
    return sum;
  }

  private equal(a: number, b: number): boolean {
    const { pool, words } = this;
    for (let i = 0; i < words; i++) if (pool[a + i] !== pool[b + i]) return false;
    return true;
  }

  /**
   * Gives states more words, which are 0 in all there are: sums and hashes stay what they are.
   * @param more states written behind the last that has a number
   */
  widen(words: number, more: number): void {
    const old = this.words;
    const wider = new Int32Array((this.pool.length / old) * words);
    for (let state = 0; state < this.count + more; state++)
      for (let w = 0; w < old; w++) wider[state * words + w] = cell(this.pool, state * old + w);
    this.pool = wider;
    this.words = words;
    this.factors = factorsFor(words);
  }

  private growTable(): void {
    const { length } = this.table;
    const table = new Int32Array(length < GROWS_FAST ? length * 4 : length * 2);
    const mask = table.length - 1;
    for (let state = 0; state < this.count; state++) {
      const hash = hashOf(this.sum(state * this.words));
      let slot = hash & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = (hash & ~mask) | (state + 1);
    }
    this.mask = mask;
    this.table = table;
  }
}
