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
  /** Kinds of resources whose waiters have to be asked again after the operation, as bits. */
  wakes = 12,
  /** Kinds of resources that the operation waits for. */
  waits = 13,
  /** Class of the lock it is about, -1 for none. */
  lock = 14,
  shift = 4,
}

/** Bits of Row.meta. */
export const enum Meta {
  milestone = 1,
  fault = 2,
  ordered = 4,
  yields = 8,
  local = 16,
  /** Whether the operation can run has to be asked. */
  waits = 32,
  /** The operation may sleep, and the program has locks that spin. */
  sleeps = 64,
  /** A blocking acquire: makes lock-order edges. */
  acquires = 128,
  /** The wait may also time out. */
  timeout = 256,
  /** Waits for items of a queue that are counted down as they end. */
  counts = 512,
  /** Waits for runs of one item that are counted down as they end. */
  countsRuns = 1024,
  /** An access that can race, in a program that asks for data races. */
  races = 2048,
  /** The wait also ends by a signal: by any, or by a fatal one. */
  interruptible = 4096,
  killable = 8192,
}

/** What an operation returns in place of the next program counter when its detector ended the run. */
export const enum Exit {
  failed = -1,
}

/** Key of itemOfField: object << fieldBits | field. */
export const enum Item {
  fieldBits = 5,
}
