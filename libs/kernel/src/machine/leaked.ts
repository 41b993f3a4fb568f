/** What the words of a leak are of: each is followed by a function, and the type or lock class. */
export const enum Leaked {
  object = 1,
  heldLock = 2,
}
