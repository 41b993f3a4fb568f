// Jest for mutants of SQL: those specs of the project `services` that go through storage, on servers that are up already.
// Not those of programs: they ask an engine thread, which has a time limit that a busy machine passes.
import { common } from '../../jest.config.mjs';

export default {
  ...common,
  displayName: 'storage',
  testMatch: [
    '<rootDir>/libs/storage/**/*.spec.ts',
    '<rootDir>/libs/queue/**/*.spec.ts',
    '<rootDir>/apps/control-plane/src/{bugs,campaigns,dispatch}/**/*.spec.ts',
  ],
  testTimeout: 60_000,
};
