// Jest for mutants of SQL: those specs of the project `services` that go through storage, on servers that are up already.
import base from '../../jest.config.mjs';

const { globalSetup: _setup, globalTeardown: _teardown, ...services } = base.projects[1];

export default {
  ...services,
  testMatch: [
    '<rootDir>/libs/storage/**/*.spec.ts',
    '<rootDir>/libs/queue/**/*.spec.ts',
    '<rootDir>/apps/control-plane/src/{bugs,campaigns,dispatch,programs}/**/*.spec.ts',
  ],
  testTimeout: 60_000,
};
