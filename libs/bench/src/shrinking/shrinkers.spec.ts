import { failing } from './failing.fixture.js';
import { ddmin } from './ddmin.js';
import { ddminSegments } from './ddmin-segments.js';
import { ddminSteps } from './ddmin-steps.js';
import { Lenient } from './lenient.js';
import { mergeSegments } from './merge-segments.js';
import { segmentsOf } from './segments.js';

describe('delta debugging', () => {
  it.each([
    [[3], 1],
    [[1, 6], 2],
    [[0, 3, 7], 3],
  ])('keeps of eight what fails together: %j', (needed, size) => {
    const fails = (list: readonly number[]): boolean => needed.every((n) => list.includes(n));
    const left = ddmin([0, 1, 2, 3, 4, 5, 6, 7], fails);
    expect(left).toEqual(needed);
    expect(left).toHaveLength(size);
  });

  it('leaves nothing of which one element could go', () => {
    const fails = (list: readonly number[]): boolean => list.length % 2 === 0 && list.length > 3;
    const left = ddmin([1, 2, 3, 4, 5, 6, 7, 8], fails);
    expect(fails(left)).toBe(true);
    expect(left.some((_, i) => fails(left.toSpliced(i, 1)))).toBe(false);
  });
});

const { program, signature, run } = failing;

it('a run executed leniently is itself, and choices that are no candidates are skipped', () => {
  const lenient = new Lenient(program, signature);
  expect(lenient.execute(run.choices)).toEqual(run);
  const doubled = lenient.execute([...run.choices, ...run.choices]);
  expect(doubled).toEqual(run);
  expect([lenient.executions, lenient.steps]).toEqual([2, 2 * run.choices.length]);
});

it('a run with another failure, or none, is not accepted', () => {
  expect(new Lenient(program, 'leak@nobody').execute(run.choices)).toBeNull();
  expect(new Lenient(program, signature).execute([])).toBeNull();
});

it.each([
  ['ddmin on steps', ddminSteps],
  ['ddmin on segments', ddminSegments],
  ['segment merging', mergeSegments],
])('%s comes to a run that still fails, in fewer stretches', (_, shrinker) => {
  const lenient = new Lenient(program, signature);
  const shrunk = shrinker(run, lenient);
  expect(lenient.execute(shrunk.choices)).toEqual(shrunk);
  expect(segmentsOf(shrunk.choices).length).toBeLessThan(segmentsOf(run.choices).length);
});
