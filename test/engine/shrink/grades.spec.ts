/** Whatever budget ends the search, the grade claims no more than is so; judged by the exact search without a start. */
import { replay } from '@lastref/exploration';
import { BoundExceeded, LimitError, type Program } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { shrink, type Reproduction } from '@lastref/shrinking';
import fc from 'fast-check';
import { buildGenerated, generatedProgram } from '../random/programs.js';
import { cheaperByOneStep } from './one-step-less.js';
import { compared, failing, reproduced } from './support.js';

const RUNS = Number(process.env['SHRINK_RUNS'] ?? 300);

/** A failing run of a program, and what the exact search says of its signature. */
interface Given {
  readonly program: Program;
  readonly signature: string;
  readonly seed: number;
  readonly minimum: Reproduction;
}

/** Checks what a budget leads to. @returns the grade */
function honest({ program, signature, seed, minimum }: Given, maxNodes: number): string {
  const options = { start: { strategy: 'rw/1', seed }, maxNodes };
  const found = reproduced(program, signature, options);
  expect(reproduced(program, signature, options)).toEqual(found);
  expect(compared(found.cost, minimum.cost)).toBeGreaterThanOrEqual(0);
  const { grade, cost, schedule, certificate } = found;
  const replayed = replay(program, { schedule });
  if (!replayed.ok) throw new Error(replayed.message);
  const { trace } = replayed;
  expect(trace.digest).toBe(found.traceDigest);
  expect(trace.cost).toEqual(cost);
  const shown = trace.verdict.outcome === 'failed' ? trace.verdict.signature : null;
  expect([shown, ...trace.reports]).toContain(signature);
  expect(cheaperByOneStep(program, signature, trace)).toBeNull();
  const upTo = /^minimum up to (\d+) preemptions$/.exec(grade)?.[1];
  if (certificate.unproved === null) {
    expect(grade).toBe('minimum (proved)');
    expect(cost).toEqual(minimum.cost);
  } else if (upTo === undefined) expect(grade).toBe('locally minimal');
  else if (compared(cost, minimum.cost) > 0)
    expect(minimum.cost.preemptions).toBeGreaterThan(Number(upTo));
  return grade;
}

/** With a start, and budget enough, the answer is that without a start. */
function unchanged({ program, signature, seed, minimum }: Given): void {
  const found = reproduced(program, signature, { start: { strategy: 'rw/1', seed } });
  const { states, ...rest } = found.certificate;
  expect(found).toEqual({ ...minimum, certificate: found.certificate });
  expect(minimum.certificate).toMatchObject(rest);
  expect(states).toBeLessThanOrEqual(minimum.certificate.states);
}

describe.each([
  'nbd/buggy/last-close',
  'nbd/fixed/open-allocation-fails',
  'nbd/fixed/stays-open',
  'nbd/patch-v1/rmmod-after-disconnect',
  'nbd/without-genl-mutex/two-connects',
  'mlx5/buggy/page-in-use',
  'mlx5/rtnl-lock-in-show/main',
])('%s', (address) => {
  const program = compileAddress(address);
  const given = failing(program).map((found) => ({
    ...found,
    minimum: reproduced(program, found.signature),
  }));

  it('is given a grade that holds, whatever the seed and the budget', () => {
    const one = fc.constantFrom(...given).chain(({ signature, seeds, minimum }) =>
      fc.tuple(
        fc.constantFrom(...seeds).map((seed): Given => ({ program, signature, seed, minimum })),
        fc.integer({ min: 1, max: minimum.certificate.nodes + 1 }),
      ),
    );
    fc.assert(
      fc.property(one, ([run, maxNodes]) => {
        honest(run, maxNodes);
      }),
      { numRuns: 30 },
    );
  });

  it('has the same minimum from every seed as from none', () => {
    for (const { signature, seeds, minimum } of given)
      for (const seed of seeds.slice(0, 3)) unchanged({ program, signature, seed, minimum });
  });
});

it('holds for random programs with faults, optional tasks and workers', () => {
  const grades = new Map<string, number>();
  fc.assert(
    fc.property(generatedProgram, fc.integer({ min: 1, max: 60 }), (spec, maxNodes) => {
      const program = buildGenerated(spec);
      if (program === undefined) return;
      for (const run of givenOf(program)) {
        const grade = honest(run, maxNodes);
        grades.set(grade, (grades.get(grade) ?? 0) + 1);
        unchanged(run);
      }
    }),
    { numRuns: RUNS, seed: 1 },
  );
  expect([...grades.keys()].sort()).toEqual(
    expect.arrayContaining([
      'locally minimal',
      'minimum (proved)',
      'minimum up to 0 preemptions',
    ]) as unknown,
  );
});

/** A seed per signature; none where runs go past a bound of the program. */
function givenOf(program: Program): Given[] {
  try {
    return failing(program, 'rw/1', 50).flatMap(({ signature, seeds: [seed = 0] }) => {
      const minimum = shrink(program, signature);
      return minimum.ok ? [{ program, signature, seed, minimum: minimum.reproduction }] : [];
    });
  } catch (error) {
    if (error instanceof BoundExceeded || error instanceof LimitError) return [];
    throw error;
  }
}
