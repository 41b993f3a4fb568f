/**
 * Interns packed states: equal states get one number, numbers are given in order of arrival. Open addressing over one
 * pool of words, no hash is trusted: words are compared, so a proof has no collision probability.
 */
import { fmix32 } from '@lastref/kernel';

const { imul } = Math;
const GOLDEN = 0x9e3779b1;

const hashOf = (sum: number): number => {
  const mixed = imul(sum ^ (sum >>> 16), GOLDEN);
  return mixed ^ (mixed >>> 15);
};

export class StateStore {
  count = 0;
  private pool: Int32Array;
  /** Pairs [state + 1, hash]; 0 where free. */
  private table: Int32Array;
  private mask: number;
  /** What fetch() read, so that reading is not left out. */
  fetched = 0;
  /** An odd number per word: a state's hash is the sum of words times factors, mixed. */
  readonly factors: Int32Array;

  /** @param words 32-bit words of one state */
  constructor(
    readonly words: number,
    initial = 1024,
  ) {
    this.factors = Int32Array.from({ length: words }, (_, i) => fmix32(i + 1) | 1);
    this.pool = new Int32Array(initial * words);
    this.table = new Int32Array(initial * 4);
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
    if (offset + states * this.words > this.pool.length) this.growPool();
    return offset;
  }

  /**
   * Brings what the table has for sums, and the states it names, near the processor. One after another each would be
   * waited for; here nothing depends on what was read, so that all are waited for at once.
   * @param into as many words, for the table's entries
   */
  fetch(sums: Int32Array, count: number, into: Int32Array): void {
    const { table, mask, pool, words } = this;
    for (let i = 0; i < count; i++)
      into[i] = table[(hashOf(sums[i] as number) & mask) << 1] as number;
    let read = 0;
    for (let i = 0; i < count; i++) {
      const state = (into[i] as number) - 1;
      const first = (state & ~(state >> 31)) * words;
      read ^= (pool[first] as number) ^ (pool[first + words - 1] as number);
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
    let slot = (hash & mask) << 1;
    for (;;) {
      const entry = (table[slot] as number) - 1;
      if (entry < 0) break;
      if (table[slot + 1] === hash && this.equal(entry * words, offset)) return entry;
      slot = (slot + 2) & ((mask << 1) | 1);
    }
    if (at !== count)
      for (let i = 0, to = count * words; i < words; i++)
        this.pool[to + i] = this.pool[offset + i] as number;
    table[slot] = count + 1;
    table[slot + 1] = hash;
    this.count++;
    if (this.count * 4 > mask * 3) this.growTable();
    return count;
  }

  /** The sum of a state's words times factors, modulo 2^32: what changed adds or takes away its part. */
  sum(offset: number): number {
    const { pool, words, factors } = this;
    let sum = 0;
    for (let i = 0; i < words; i++)
      sum = (sum + imul(pool[offset + i] as number, factors[i] as number)) | 0;
    return sum;
  }

  private equal(a: number, b: number): boolean {
    const { pool, words } = this;
    for (let i = 0; i < words; i++) if (pool[a + i] !== pool[b + i]) return false;
    return true;
  }

  private growPool(): void {
    const grown = new Int32Array(this.pool.length * 2);
    grown.set(this.pool);
    this.pool = grown;
  }

  private growTable(): void {
    const old = this.table;
    const table = new Int32Array(old.length * 2);
    this.mask = (this.mask << 1) | 1;
    const end = (this.mask << 1) | 1;
    for (let i = 0; i < old.length; i += 2) {
      const hash = old[i + 1] as number;
      if (old[i] === 0) continue;
      let slot = (hash & this.mask) << 1;
      while (table[slot] !== 0) slot = (slot + 2) & end;
      table[slot] = old[i] as number;
      table[slot + 1] = hash;
    }
    this.table = table;
  }
}
