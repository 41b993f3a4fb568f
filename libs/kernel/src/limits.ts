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
  tasks: 12,
  workerSlots: 8,
  workersPerQueue: 4,
  timers: 8,
  types: 32,
  fieldsPerType: 32,
  statics: 64,
  objectsPerType: 15,
  objects: 63,
  tables: 8,
  tableEntries: 16,
  modules: 4,
  registries: 8,
  workItems: 31,
  milestones: 24,
  orderPairs: 24,
  faultPoints: 32,
  checks: 16,
  listHeads: 61,
  faultBudget: 3,
  fieldMax: 255,
  operandNumbers: 8,
  vectorSlots: 512,
  packedWords: 64,
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
