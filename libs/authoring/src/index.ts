/**
 * @lastref/authoring: the language a driver author writes a teardown in, and its compiler to Programs.
 * Pure; imports only the kernel.
 */
export { BuildError } from './builder/build-error.js';
export { FunctionBuilder } from './builder/function-builder.js';
export { Cond } from './builder/graph.js';
export type { HlistMember, ListMember } from './builder/lists.js';
export { lowLevel, type Exits, type Head, type LowLevel } from './builder/low-level.js';
export type { Position, SourceText } from './builder/site.js';
export { addressesOf, resolveAddress, type Address, type Scenarios } from './compile/addresses.js';
export {
  compile,
  compileWithLines,
  linesOf,
  tryCompile,
  warningsOf,
  Compiled,
  type CompileResult,
} from './compile/compile.js';
export { compileSwitched, type Switched } from './compile/switched.js';
export {
  operationsByLine,
  placeOf,
  type SourceLine,
  type SourceMap,
} from './compile/source-map.js';
export { composed } from './compose/compose.js';
export type { Composition, Join, Part } from './compose/composition.js';
export { argument, type Argument } from './language/argument.js';
export type { Fn } from './language/callee.js';
export { fn, primitive } from './language/fn.js';
export { Ida, Idr, KernelModule, statics, SysfsDirectory, XArray } from './language/globals.js';
export { parameter, type Param, type Parameter } from './language/parameter.js';
export {
  task,
  type CaseSpec,
  type Scenario,
  type SizedCase,
  type TaskSpec,
  type VariantSpec,
  type WorkBinding,
} from './language/scenario.js';
export * from './language/struct.js';
export { Int, NULL, type Errno, type IntValue, type Place, type Ref } from './language/values.js';
