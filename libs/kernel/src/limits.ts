/**
 * Every bound of the engine in one place. Going past one is refused with the name of the limit:
 * by validation where it can be known beforehand, else by a LimitError that stops the operation.
 */
export const LIMITS = {
  nameLength: 80,
  slugLength: 48,
  titleLength: 200,
  functions: 512,
  frames: 4096,
  operations: 4096,
  bodies: 64,
  localsPerBody: 48,
  tasks: 24,
  optionalTasks: 12,
  workerSlots: 16,
  workersPerQueue: 4,
  /** Timers and handlers: of timers, tasklets and interrupt lines. */
  timers: 8,
  /** Tasks, workers, timers and handlers together: a bit each in the masks of one word, the highest left for the sign. */
  actors: 30,
  types: 64,
  fieldsPerType: 32,
  statics: 64,
  objectsPerType: 15,
  objects: 127,
  tables: 16,
  tableEntries: 16,
  modules: 8,
  registries: 8,
  workItems: 63,
  milestones: 48,
  orderPairs: 24,
  faultPoints: 32,
  checks: 32,
  listHeads: 125,
  faultBudget: 3,
  fieldMax: 255,
  operandNumbers: 8,
  vectorSlots: 2048,
  packedWords: 320,
  maxSteps: 100_000,
  givenSteps: 10_000,
  validationErrors: 20,
  lockClasses: 31,
  lockEdges: 62,
  waitCycles: 1000,
} as const;

/** The largest seed: every integer up to it is exact in JSON. */
export const SEED_MAX = Number.MAX_SAFE_INTEGER;

/** A bound that only running can meet; the message names it and what to raise. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}
