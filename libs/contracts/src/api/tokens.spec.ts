import { formatToken, parseToken, type RunName } from './tokens.js';

const program = 'ab'.repeat(32);

describe('replay tokens', () => {
  const runs: RunName[] = [
    { program, strategy: 'rw/1', seed: 0 },
    { program, strategy: 'pct/1:d=3,k=120', seed: Number.MAX_SAFE_INTEGER },
    { program, schedule: '0120a' },
    { program, schedule: '' },
  ];

  it.each(runs)('reads back what it wrote: %j', (run) => {
    expect(parseToken(formatToken(run))).toEqual({ ok: true, run });
  });

  it('writes the two documented forms', () => {
    expect(formatToken({ program, strategy: 'rw/1', seed: 42 })).toBe(`lr1.${program}.rw~1.42`);
    expect(formatToken({ program, schedule: '012' })).toBe(`lr1.${program}.schedule.012`);
  });

  it.each([
    ['lr2.x', 'lr1.'],
    ['lr1.abc.rw~1.3', 'digest'],
    [`lr1.${program}.rw.3`, 'strategy'],
    [`lr1.${program}.rw~1.-3`, 'seed'],
    [`lr1.${program}.rw~1.03`, 'seed'],
    [`lr1.${program}.rw~1.9007199254740992`, 'seed'],
    [`lr1.${program}.schedule.A`, 'schedule'],
    [`lr1.${program}.schedule.0.1`, 'schedule'],
  ])('refuses %s and says why', (token, reason) => {
    const result = parseToken(token);
    expect(result.ok).toBe(false);
    expect(result.ok ? '' : result.message).toContain(reason);
  });
});
