/** Numbers of 32 bits by index, 0 where none was set: an array outside the heap that grows as it is written. */
export class Words {
  private words = new Int32Array(1024);

  get(index: number): number {
    return this.words[index] ?? 0;
  }

  set(index: number, value: number): void {
    if (index >= this.words.length) {
      const grown = new Int32Array(Math.max(index + 1, this.words.length * 2));
      grown.set(this.words);
      this.words = grown;
    }
    this.words[index] = value;
  }
}
