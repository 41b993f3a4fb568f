/**
 * @lastref/kernel: the deterministic simulated kernel. Programs as data, the packed state, step(), the primitives and
 * their detectors. Pure and synchronous; imports no other library of the project.
 */
export { assert, assertNever, AssertionError, at } from './assert.js';
export { fmix32, seedRange, Xoroshiro } from './draw/xoroshiro.js';
export { LIMITS, LimitError, SEED_MAX } from './limits.js';
export { whyAtomic } from './machine/atomic.js';
export { recordBlocked } from './machine/blocked-edges.js';
export { enabled, holdersOf, mayWaitForEver, waitAt } from './machine/waiting.js';
export { isReport, kindOf, KINDS, type Kind } from './program/kinds.js';
export { simpleCycles } from './machine/lock-edges.js';
export { Machine } from './machine/machine.js';
export { BoundExceeded, GivenError } from './operation/outcome.js';
export { isArmed } from './machine/held-back.js';
export { quiesce, type Ending } from './machine/quiescence.js';
export { resourceName } from './machine/signature.js';
export {
  signatureParts,
  type SignaturePart,
  type SignatureParts,
} from './machine/signature-parts.js';
export { Meta, Row } from './operation/row.js';
export { isTimed, tablesOf } from './tables/compile.js';
export { type LockSlot, type Tables } from './tables/tables.js';
export { nearest } from './nearest.js';
export { classOfLocation, codeTouches, type CodeTouch } from './derived/code-touches.js';
export { describeOp, shownName } from './derived/describe.js';
export { Effects } from './derived/effects.js';
export { resource, type Effect } from './derived/resources.js';
export {
  conflicts,
  isFreeOf,
  nextFootprint,
  NOTHING,
  objectTouched,
  slotTouched,
  isWrite,
} from './derived/footprint.js';
export {
  FIELD_KIND_NAMES,
  fieldKindOf,
  OP_NAMES,
  specOf,
  type FieldKindName,
  type OpName,
} from './derived/catalogue.js';
export {
  fieldSlots,
  isFired,
  isLinked,
  isLock,
  isPointer,
  isRaised,
  isWorkItem,
  sizesOf,
} from './derived/fields.js';
export { type FieldKind } from './operation/field-kind.js';
export { WAYS, type LockUse, type Way } from './operation/lock-use.js';
export {
  COMPARISONS,
  laidOut,
  widthOf,
  type Facts,
  type Operand,
  type OperandIs,
} from './operation/operand.js';
export { type Operation, type Wait } from './operation/operation.js';
export { OPERATIONS, FAMILIES, KINDS_OF_FIELDS } from './primitives/index.js';
export {
  type Actor,
  type HandlerActor,
  type TaskActor,
  type TimerActor,
  type WorkerActor,
} from './actors/actor.js';
export { addressOf, isSlug, parseAddress, type ParsedAddress } from './program/address.js';
export { canonicalJson, programDigest, programJson, sha256Hex } from './program/canonical.js';
export { type ProgramProblem } from './program/problems.js';
export * from './program/program.js';
export { inInterrupt, suspended } from './primitives/support/contexts.js';
export { parseProgram, type ParsedProgram } from './program/validate.js';
export * from './trace/run-context.js';
export * from './trace/surroundings.js';
export * from './trace/trace.js';
export type {
  HeldLockState,
  NamedChange,
  NamedValue,
  ObjectState,
  StepState,
  TaskCondition,
  TaskState,
} from './trace/step-state.js';
export { cell } from './state/cell.js';
export { factsOf, functionOfFrame, itemsOfQueueType, outermostFunction } from './derived/facts.js';
export { type Layout, type SlotInfo } from './state/layout-types.js';
export { Packer } from './state/pack.js';
export { SlimPacker } from './state/slim-packer.js';
export { Symmetry } from './state/symmetry.js';
