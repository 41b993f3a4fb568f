// Jest for mutants of the engine: the project `engine` on the sources instead of the compiled libraries, since only in
// them a mutant is seen. swc turns each const enum into an ordinary one, which the sources cannot tell apart.
import { join } from 'node:path';
import { common, engine } from '../../jest.config.mjs';

export default {
  ...engine,
  moduleNameMapper: common.moduleNameMapper,
  modulePathIgnorePatterns: common.modulePathIgnorePatterns,
  testMatch: ['<rootDir>/test/mutants/selected-engine-specs.ts'],
  testEnvironment: join(import.meta.dirname, 'first-failure-environment.cjs'),
  setupFiles: ['<rootDir>/tools/mutants/fixed-seed.cjs'],
  testTimeout: 300_000,
};
