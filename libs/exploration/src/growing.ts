/**
 * Arrays of numbers that grow by doubling: four or eight bytes an entry outside the heap, where an array of numbers takes eight
 * and more inside it. The one way to grow one, for exploration and shrinking.
 */

/** The array, or a longer one that begins with it, at least `length` long; entries that nobody wrote are `fill`. */
export function grown<A extends Int32Array | Float64Array>(array: A, length: number, fill = 0): A {
  if (length <= array.length) return array;
  const make = array.constructor as new (length: number) => A;
  const longer = new make(Math.max(length, array.length * 2));
  longer.set(array);
  if (fill !== 0) longer.fill(fill, array.length);
  return longer;
}

/** A list of integers, 0 where none was set. */
export class GrowingInts {
  length = 0;
  private words = new Int32Array(1024);

  push(value: number): void {
    this.set(this.length, value);
  }

  get(index: number): number {
    return this.words[index] ?? 0;
  }

  set(index: number, value: number): void {
    if (index >= this.length) {
      this.length = index + 1;
      this.words = grown(this.words, this.length);
    }
    this.words[index] = value;
  }

  get bytes(): number {
    return this.words.byteLength;
  }

  /** The entries; shared, and valid until the next push or set. */
  get data(): Int32Array {
    return this.words.subarray(0, this.length);
  }
}
