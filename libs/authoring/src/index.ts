/**
 * @lastref/authoring: the language a driver author writes a teardown in, and its compiler to Programs.
 * Pure; imports only the kernel.
 */
export { BuildError } from './builder/build-error.js';
export { FunctionBuilder } from './builder/function-builder.js';
export type { Cond } from './builder/graph.js';
export { addressesOf, compile, resolveAddress, type Address } from './compile/compile.js';
export { fn, primitive, type Fn } from './language/fn.js';
export { Idr, KernelModule, statics, SysfsDirectory } from './language/globals.js';
export {
  task,
  type CaseSpec,
  type Scenario,
  type TaskSpec,
  type VariantSpec,
} from './language/scenario.js';
export * from './language/struct.js';
export { Int, NULL, type Errno, type IntValue, type Place, type Ref } from './language/values.js';
