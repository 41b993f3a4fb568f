/**
 * The numbers of an operation's row in the op table: words of a row, and the bits of its `meta`. Const enums, because they
 * are read at every step: an imported constant would be loaded and checked each time, a const enum is written in.
 */

/** Words of a row, and how far a program counter is shifted to its row. */
export const enum Row {
  op = 0,
  /** First operand; a row holds up to eight. */
  arg = 1,
  next = 9,
  alt = 10,
  meta = 11,
  shift = 4,
}

/** Bits of Row.meta. */
export const enum Meta {
  milestone = 1,
  fault = 2,
  ordered = 4,
  yields = 8,
  wakes = 16,
  local = 32,
  /** Whether the operation can run has to be asked of dispatch's enabled(). */
  waits = 64,
  /** The operation may sleep, and the program has spinlocks. */
  sleeps = 128,
}

/** Classes of waits, four bits each of Row.meta: what the operation may wake, and what it waits for itself. */
export const enum Waits {
  wakesShift = 8,
  waitsShift = 12,
  mask = 15,
}

/** What an operation returns in place of the next program counter when its detector ended the run. */
export const enum Exit {
  failed = -1,
}

/** Key of itemOfField: object << fieldBits | field. */
export const enum Item {
  fieldBits = 5,
}
