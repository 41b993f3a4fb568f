/**
 * What a thread and its process share while a range runs: a word that says stop, and how much is done. A
 * synchronous loop gets no messages, so both are in shared memory.
 */
const CANCEL = 0;
const DONE = 1;
const WORDS = 2;

export class Control {
  private readonly words: Int32Array;

  constructor(readonly memory = new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT)) {
    this.words = new Int32Array(memory);
  }

  cancel(): void {
    Atomics.store(this.words, CANCEL, 1);
  }

  get cancelled(): boolean {
    return Atomics.load(this.words, CANCEL) === 1;
  }

  advance(by: number): void {
    Atomics.add(this.words, DONE, by);
  }

  /** Grows with every slice and every kept failure; wraps after 2^31, so compare for change only. */
  get done(): number {
    return Atomics.load(this.words, DONE);
  }
}
