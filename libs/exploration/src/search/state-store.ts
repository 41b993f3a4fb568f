/**
 * Interns packed states: equal states get one number, numbers are given in order of arrival. Open addressing over one
 * pool of words, no hash is trusted: words are compared, so a proof has no collision probability.
 */
const { imul } = Math;
const GOLDEN = 0x9e3779b1;

export class StateStore {
  count = 0;
  private pool: Int32Array;
  private table: Int32Array;
  private mask: number;

  /** @param words 32-bit words of one state */
  constructor(
    readonly words: number,
    initial = 1024,
  ) {
    this.pool = new Int32Array(initial * words);
    this.table = new Int32Array(initial * 4);
    this.mask = initial * 4 - 1;
  }

  /** Bytes held for states and table. */
  get bytes(): number {
    return this.pool.byteLength + this.table.byteLength;
  }

  /** The words of all states; state i starts at i * words. Changes when the store grows. */
  get data(): Int32Array {
    return this.pool;
  }

  /** Where the next state is to be written before intern(). */
  reserve(): number {
    const offset = this.count * this.words;
    if (offset + this.words > this.pool.length) this.growPool();
    return offset;
  }

  /** Number of the state written at reserve(); it is new if the number equals the old count. */
  intern(): number {
    const { pool, words, count } = this;
    const offset = count * words;
    let hash = 0;
    for (let i = 0; i < words; i++) {
      hash = imul(hash ^ (pool[offset + i] as number), GOLDEN);
      hash ^= hash >>> 15;
    }
    let slot = hash & this.mask;
    for (;;) {
      const entry = (this.table[slot] as number) - 1;
      if (entry < 0) break;
      if (this.equal(entry * words, offset)) return entry;
      slot = (slot + 1) & this.mask;
    }
    this.table[slot] = count + 1;
    this.count++;
    if (this.count * 2 > this.mask) this.growTable();
    return count;
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
    this.table = new Int32Array(this.table.length * 2);
    this.mask = this.table.length - 1;
    const { pool, words } = this;
    for (let state = 0; state < this.count; state++) {
      let hash = 0;
      for (let i = 0; i < words; i++) {
        hash = imul(hash ^ (pool[state * words + i] as number), GOLDEN);
        hash ^= hash >>> 15;
      }
      let slot = hash & this.mask;
      while (this.table[slot] !== 0) slot = (slot + 1) & this.mask;
      this.table[slot] = state + 1;
    }
  }
}
