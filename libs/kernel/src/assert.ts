/** A mistake of the programmer, never of the input: stops the run, and the caller keeps the seed. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** The element at an index that the program's own tables guarantee. */
export function at<T>(list: ArrayLike<T>, index: number): T {
  const value = list[index];
  if (value === undefined) throw new AssertionError(`index ${index} of ${list.length}`);
  return value;
}

export function assertNever(value: never): never {
  throw new AssertionError(`unexpected ${String(value)}`);
}
