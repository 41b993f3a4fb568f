// Three projects, run in sequence: engine (pure), services (real Postgres and Redis), slow (self-chaos, start from nothing).
// Nest 12 is ESM while some of its add-ons are CommonJS, and Jest on Node 20 cannot require ESM: so everything runs as
// CommonJS, and swc turns the ESM packages listed below into CommonJS on the way.
/** @param {{ syntax: string, decorators?: boolean }} parser */
const transform = (parser) => [
  '@swc/jest',
  {
    jsc: {
      parser,
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      target: 'es2022',
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

const esmPackages = [
  '@nestjs',
  '@noble',
  'canonicalize',
  'commander',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@borewit',
  '@tokenizer',
  // CommonJS, but it loads some of itself by import().
  '@opentelemetry/otlp-exporter-base',
];

/** The engine's tests run the compiled libraries, which inline what the sources share; `npm test` builds them first. */
const compiled = {
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@lastref/([a-z-]+)$': '<rootDir>/libs/$1/dist/index.js',
  },
  modulePathIgnorePatterns: [],
};

/** In every test of the engine no slot of a state may hold more than it is declared to. */
const watched = { setupFilesAfterEnv: ['<rootDir>/test/support/watch-slots.ts'] };

export const common = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  moduleNameMapper: {
    '^(@prisma/client/runtime/.*)\\.mjs$': '$1.js',
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@lastref/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
  },
  transform: {
    '^.+\\.ts$': transform({ syntax: 'typescript', decorators: true }),
    '^.+\\.(js|mjs)$': transform({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages.join('|')})/)`],
  modulePathIgnorePatterns: ['/dist/'],
};

/** Libraries whose specs need no server. */
const ALONE =
  '{kernel,authoring,frontend-c,exploration,shrinking,reporting,literature,scenarios,judging,bench,threads,contracts,tracing}';
const servers = {
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

export const engine = {
  ...common,
  ...compiled,
  ...watched,
  displayName: 'engine',
  testMatch: [`<rootDir>/libs/${ALONE}/**/*.spec.ts`, '<rootDir>/test/engine/**/*.spec.ts'],
};

const services = {
  ...common,
  ...servers,
  displayName: 'services',
  testMatch: ['<rootDir>/libs/{storage,queue}/**/*.spec.ts', '<rootDir>/apps/**/*.spec.ts'],
};

const slow = {
  ...common,
  ...servers,
  displayName: 'slow',
  testMatch: ['<rootDir>/test/slow/**/*.spec.ts'],
};

export default { projects: [engine, services, slow] };
