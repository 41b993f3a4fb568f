// Jest for mutants of SQL: those specs of the project `services` that go through storage, on servers that are up already.
// Not those of programs: they ask an engine thread, which has a time limit that a busy machine passes.
import base from '../../jest.config.mjs';

const { globalSetup: _setup, globalTeardown: _teardown, ...services } = base.projects[1];

export default {
  ...services,
  testMatch: [
    '<rootDir>/libs/storage/**/*.spec.ts',
    '<rootDir>/libs/queue/**/*.spec.ts',
    '<rootDir>/apps/control-plane/src/{bugs,campaigns,dispatch}/**/*.spec.ts',
  ],
  testTimeout: 60_000,
};
