/**
 * @lastref/kernel: the deterministic simulated kernel. Programs as data, the packed state, step(), the primitives and
 * their detectors. Pure and synchronous; imports no other library of the project.
 */
export { assert, assertNever, AssertionError, at } from './assert.js';
export { fmix32, seedRange, Xoroshiro } from './draw/xoroshiro.js';
export { LIMITS, LimitError, SEED_MAX } from './limits.js';
export { recordBlocked } from './machine/blocked-edges.js';
export { enabled, holdersOf, mayWaitForEver } from './machine/dispatch.js';
export { isReport, kindOf, KINDS, type Kind } from './machine/kinds.js';
export { simpleCycles } from './machine/lock-edges.js';
export { Machine } from './machine/machine.js';
export { BoundExceeded, GivenError } from './machine/outcome.js';
export { quiesce, type Ending } from './machine/quiescence.js';
export { resourceName } from './machine/signature.js';
export {
  signatureParts,
  type SignaturePart,
  type SignatureParts,
} from './machine/signature-parts.js';
export { Meta, Row } from './machine/row.js';
export { tablesOf, type Tables } from './machine/tables.js';
export { nearest } from './nearest.js';
export { describeOp } from './ops/describe.js';
export { Effects, resource, type Effect } from './ops/effects.js';
export {
  conflicts,
  isFreeOf,
  nextFootprint,
  NOTHING,
  objectTouched,
  slotTouched,
  isWrite,
} from './ops/footprint.js';
export {
  COMPARISONS,
  SPECS,
  specOf,
  widthOf,
  type OpName,
  type OpSpec,
  type Operand,
} from './ops/specs.js';
export { addressOf, isSlug, parseAddress, type ParsedAddress } from './program/address.js';
export { canonicalJson, programDigest, programJson, sha256Hex } from './program/canonical.js';
export { type ProgramProblem } from './program/problems.js';
export * from './program/program.js';
export { parseProgram, type ParsedProgram } from './program/validate.js';
export * from './trace/trace.js';
export { cell } from './state/cell.js';
export { functionOfFrame } from './state/facts.js';
export { type Layout, type SlotInfo, type TaskLayout } from './state/layout.js';
export { Packer } from './state/pack.js';
export { SlimPacker } from './state/slim-packer.js';
export { Symmetry } from './state/symmetry.js';
