// What `npm run mutants` mutates by default, and for each folder the specs that are to notice: quick ones first, since the
// first failure ends a mutant. Left out are specs that take minutes under instrumentation and kill nothing of their own.

/** Every slow run of a survivor costs the whole list, so a list is as short as the mutants allow. */
export const TARGETS = [
  {
    folder: 'libs/kernel/src/primitives',
    specs: [
      'test/engine/primitives',
      'test/engine/mutants',
      'test/engine/deadlocks',
      'test/engine/footprint.spec.ts',
      'test/engine/golden-reports.spec.ts',
      'test/engine/random/agreement.spec.ts',
    ],
  },
  {
    folder: 'libs/exploration/src/search/reduction',
    specs: [
      'test/engine/deadlocks',
      'test/engine/search/tricky.spec.ts',
      'test/engine/random/agreement.spec.ts',
    ],
  },
  {
    folder: 'libs/exploration/src/probability',
    specs: ['test/engine/probability/exact.spec.ts', 'test/engine/random/agreement.spec.ts'],
  },
  {
    folder: 'libs/shrinking/src',
    specs: [
      'libs/shrinking/src',
      'test/engine/shrink/costs.spec.ts',
      'test/engine/shrink/refusals.spec.ts',
      'test/engine/shrink/layers.spec.ts',
      'test/engine/shrink/grades.spec.ts',
    ],
  },
];

/** Its SQL is mutated by sql-mutants.mjs: what stands inside a string is no code to Stryker. */
export const SQL_FOLDER = 'libs/storage/src';
