/** What an executor knows of candidates before changes no answer: only how soon it is given. */
import { Pulse } from '@lastref/exploration';
import { compileAddress } from '@lastref/scenarios';
import { Candidates } from '../../../libs/shrinking/src/seeded/candidates.js';
import { Executor } from '../../../libs/shrinking/src/seeded/executor.js';
import { PASSES } from '../../../libs/shrinking/src/seeded/passes.js';
import type { Plan, Run } from '../../../libs/shrinking/src/seeded/plan.js';
import { SeededRun } from '../../../libs/shrinking/src/seeded/seeded-run.js';
import { shrinkRun } from '../../../libs/shrinking/src/seeded/shrink-run.js';
import { targetOf } from '../../../libs/shrinking/src/target.js';
import { failing } from './support.js';

const MAX_STEPS = 1e7;
const silent = new Pulse(undefined);

/** Faults, timeouts that are early, reports, several workers. */
describe.each([
  ['nbd/buggy/last-close', false],
  ['nbd/fixed/open-allocation-fails', false],
  ['nbd/patch-v1/rmmod-after-disconnect', true],
  ['mlx5/buggy/main', true],
  ['smmu/buggy/main', true],
])('%s', (address, saves) => {
  const program = compileAddress(address);
  const given = failing(program, 'rw/1', 500);
  const started = given.map(({ signature, seeds: [seed = 0] }) => {
    const target = targetOf(signature);
    const begun = SeededRun.begin(program, target, { strategy: 'rw/1', seed }, 0, silent);
    if (!begun.ok) throw new Error(begun.message);
    return { target, run: begun.seeded.run };
  });

  it('leads each candidate of each pass to the same run, where runs are long in fewer steps', () => {
    let [together, alone] = [0, 0];
    for (const { target, run } of started) {
      const knowing = new Executor(program, target, MAX_STEPS, silent);
      for (const plan of firstCandidates(run)) {
        const fresh = new Executor(program, target, MAX_STEPS, silent);
        expect(knowing.execute(plan, run.cost)).toEqual(fresh.execute(plan, run.cost));
        alone += fresh.steps;
      }
      together += knowing.steps;
    }
    expect(together < alone).toBe(saves);
  });

  it('counts per pass what its candidates came to', () => {
    for (const { target, run } of started) {
      const executor = new Executor(program, target, MAX_STEPS, silent);
      const candidates = new Candidates(executor);
      const shrunk = shrinkRun(candidates, run);
      const passes = candidates.statistics.perPass();
      const sum = (of: (pass: (typeof passes)[number]) => number): number =>
        passes.reduce((total, pass) => total + of(pass), 0);
      expect(sum(({ steps }) => steps)).toBe(executor.steps);
      expect(sum((pass) => pass.candidates - pass.cached)).toBe(executor.runs);
      expect(sum(({ cached }) => cached)).toBeGreaterThan(0);
      expect(sum(({ saved }) => saved.preemptions)).toBe(
        run.cost.preemptions - shrunk.cost.preemptions,
      );
      expect(sum(({ saved }) => saved.steps)).toBe(run.cost.steps - shrunk.cost.steps);
    }
  });
});

/** The candidates of the first positions of each pass. */
function firstCandidates(run: Run): Plan[] {
  return PASSES.flatMap((pass) =>
    [0, 1, 2].flatMap((position) => (pass.at(run, position) ?? []).slice(0, 20)),
  );
}
