// What `npm run mutants` mutates by default, and for each folder the specs that are to notice: quick ones first, since the
// first failure ends a mutant. Left out are specs that take minutes under instrumentation and kill nothing of their own.

/**
 * A group of specs sees what the groups before it left alive: every slow run of a survivor costs the whole group, so the
 * first is quick, and a list is as short as the mutants allow.
 */
export const TARGETS = [
  {
    folder: 'libs/kernel/src/primitives',
    // Strings there are sentences for people, and words that stand in definitions.golden.txt: all of them would be killed.
    without: ['StringLiteral'],
    stages: [
      ['libs/kernel/src/primitives/definitions.spec.ts', 'test/engine/primitives'],
      [
        'test/engine/library/kthread.spec.ts',
        'test/engine/edges',
        'test/engine/mutants',
        'test/engine/deadlocks',
      ],
    ],
  },
  {
    folder: 'libs/exploration/src/search/reduction',
    stages: [
      ['test/engine/search/reduction', 'test/engine/search/wait-cycles.spec.ts'],
      ['test/engine/search/stubborn.spec.ts', 'test/engine/search/tricky.spec.ts'],
    ],
  },
  {
    folder: 'libs/exploration/src/probability',
    stages: [['test/engine/probability/exact.spec.ts'], ['test/engine/random/agreement.spec.ts']],
  },
  {
    folder: 'libs/shrinking/src',
    stages: [
      ['libs/shrinking/src', 'test/engine/shrink/refusals.spec.ts'],
      [
        'test/engine/shrink/costs.spec.ts',
        'test/engine/shrink/layers.spec.ts',
        'test/engine/shrink/grades.spec.ts',
      ],
    ],
  },
];

/** Its SQL is mutated by sql-mutants.mjs: what stands inside a string is no code to Stryker. */
export const SQL_FOLDER = 'libs/storage/src';
