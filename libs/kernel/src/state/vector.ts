/** A vector that may only be read: the machine's state, which steps write through its set(). */
export interface Vector {
  readonly length: number;
  readonly [slot: number]: number;
  slice(start?: number, end?: number): Int32Array;
}
