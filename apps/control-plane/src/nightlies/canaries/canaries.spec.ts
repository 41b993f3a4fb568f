/** The canaries are what they claim, by exhaustive search and under every strategy a night may have. */
import { shardTotalsSchema } from '@lastref/contracts';
import { PORTFOLIO_SHARES, prove, Sampler } from '@lastref/exploration';
import { parseProgram, type Program } from '@lastref/kernel';
import type { StoredPart } from '@lastref/storage';
import { CANARY_SCHEDULES } from '../night-plan.js';
import { judgeCanaryParts } from './judge.js';
import { canaryProgram, FAILS, HOLDS } from './programs.js';

function programAt(address: string): Program {
  const parsed = parseProgram(JSON.parse(canaryProgram(address).bytes));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.program;
}

/** What a worker counts of a canary. */
function partOf(address: string, strategy: string, of = address): StoredPart {
  const sampler = new Sampler(programAt(of), strategy);
  sampler.run(0, CANARY_SCHEDULES);
  const { digest } = canaryProgram(address);
  // As the worker sends it: through JSON.
  const totals = shardTotalsSchema.parse(JSON.parse(JSON.stringify(sampler.totals())));
  return { program: digest, address, strategy, round: 0, seedFrom: 0, seedEnd: 0, totals };
}

describe('the canaries', () => {
  it('are proved to fail and to hold', () => {
    const fails = prove(programAt(FAILS));
    const holds = prove(programAt(HOLDS));
    expect(fails.complete && holds.complete).toBe(true);
    expect(fails.failures).toEqual(['deadlock@left_first(right)+right_first(left)']);
    expect([holds.failures, holds.reports, holds.missed]).toEqual([[], [], []]);
  });

  it.each(PORTFOLIO_SHARES.map(({ strategy }) => strategy))('hold under %s', (strategy) => {
    const parts = [partOf(FAILS, strategy), partOf(HOLDS, strategy)];
    expect(judgeCanaryParts(parts)).toBeNull();
  });

  it('give a wrong answer when either is the other', () => {
    const silent = [partOf(FAILS, 'rw/1', HOLDS), partOf(HOLDS, 'rw/1')];
    expect(judgeCanaryParts(silent)).toBe(
      'gave a wrong answer: canary/fails/main must fail and did not in 1000 schedules',
    );
    const loud = [partOf(FAILS, 'rw/1'), partOf(HOLDS, 'rw/1', FAILS)];
    expect(judgeCanaryParts(loud)).toMatch(
      /canary\/holds\/main must not fail and did in [0-9]+ of 1000 schedules/,
    );
    expect(judgeCanaryParts([])).toBe('have run nothing');
  });
});
