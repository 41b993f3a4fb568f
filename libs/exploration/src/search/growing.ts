/** A list of integers that grows by doubling: four bytes an entry, where an array of numbers takes eight and more. */
export class GrowingInts {
  length = 0;
  private words = new Int32Array(1024);

  push(value: number): void {
    if (this.length === this.words.length) {
      const grown = new Int32Array(this.words.length * 2);
      grown.set(this.words);
      this.words = grown;
    }
    this.words[this.length++] = value;
  }

  get bytes(): number {
    return this.words.byteLength;
  }

  /** The entries; shared, and valid until the next push. */
  get data(): Int32Array {
    return this.words.subarray(0, this.length);
  }
}
