/**
 * Hostile and broken programs: whatever comes in is refused with pointers, or runs to an end within its maxSteps.
 * 10^4 inputs here; FUZZ_RUNS=100000 (npm run fuzz) for more. fast-check prints the seed and the smallest input of a failure.
 */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RandomWalk, Runner } from '@lastref/exploration';
import {
  BoundExceeded,
  LimitError,
  Machine,
  parseProgram,
  tablesOf,
  type Program,
} from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { byteEdits, damaged, edits, flipped } from './mutate-program.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 10_000);
const SEEDS = 3;

const oneLock: unknown = JSON.parse(
  readFileSync(join(__dirname, '../../fixtures/ok/programs/one-lock.json'), 'utf8'),
);
const bases: readonly unknown[] = [
  oneLock,
  oneLock,
  oneLock,
  compileAddress('nbd/buggy/main'),
  compileAddress('nbd/fixed/sync-rmmod'),
];
const texts = bases.map((base) => JSON.stringify(base));
const POINTER = /^(\/([^~/]|~0|~1)*)*$/;

let accepted = 0;

function check(json: unknown): void {
  const parsed = parseProgram(json);
  if (parsed.ok) {
    accepted++;
    runs(parsed.program);
    return;
  }
  expect(parsed.errors.length).toBeGreaterThan(0);
  for (const { pointer, message } of parsed.errors) {
    expect(pointer).toMatch(POINTER);
    expect(message).not.toBe('');
  }
}

function runs(program: Program): void {
  const machine = new Machine(tablesOf(program));
  const runner = new Runner(machine, new RandomWalk());
  for (let seed = 0; seed < SEEDS; seed++) {
    try {
      const end = runner.run(seed);
      expect(runner.steps).toBeLessThanOrEqual(program.maxSteps);
      if (end === 'failed') expect(machine.failure.signature()).toMatch(/^[a-z-]+@/);
      machine.edges.reports();
    } catch (error) {
      if (!(error instanceof BoundExceeded) && !(error instanceof LimitError)) throw error;
    }
  }
}

describe('programs from outside', () => {
  it(`survive ${RUNS / 2} structured edits`, () => {
    fc.assert(
      fc.property(fc.nat({ max: bases.length - 1 }), edits, (base, list) => {
        check(damaged(bases[base], list));
      }),
      { numRuns: RUNS / 2 },
    );
    expect(accepted).toBeGreaterThan(RUNS / 100);
  });

  it(`survive ${RUNS / 2} flipped bytes`, () => {
    fc.assert(
      fc.property(fc.nat({ max: texts.length - 1 }), byteEdits, (base, list) => {
        check(flipped(texts[base] ?? '', list));
      }),
      { numRuns: RUNS / 2 },
    );
  });
});
