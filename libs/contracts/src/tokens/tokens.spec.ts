import * as fc from 'fast-check';
import { formatToken, parseToken, type RunName } from './index.js';

const program = 'ab'.repeat(16);
const digest = 'ab'.repeat(32);

const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~:=,/';

const choices = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 35 }), fc.integer({ min: 1, max: 30 })), {
    maxLength: 40,
  })
  .map((segments) => segments.map(([task, steps]) => task.toString(36).repeat(steps)).join(''));

const runs = fc.oneof<fc.Arbitrary<RunName>[]>(
  fc.record({
    program: fc.constant(program),
    strategy: fc.constantFrom('rw/1', 'pct/1:d=3,k=120'),
    seed: fc.maxSafeNat(),
  }),
  fc.record({ program: fc.constant(program), schedule: choices }),
  fc.record({
    program: fc.constant(program),
    schedule: fc.string({
      unit: fc.constantFrom(...Array.from('0123456789abcdefghijklmnopqrstuvwxyz')),
    }),
  }),
);

const reasonOf = (token: string): string => {
  const result = parseToken(token);
  return result.ok ? 'accepted' : result.message;
};

describe('a replay token', () => {
  it('is read as what was written, whatever the run, and is safe in shells and URLs', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const token = formatToken(run);
        expect(token).toMatch(/^lr2\.[\w.~:=,-]+$/);
        expect(parseToken(token)).toEqual({ ok: true, run });
      }),
    );
  });

  it('is refused with any one character changed, dropped, doubled or swapped, and cut off anywhere', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const token = formatToken(run);
        for (let i = 0; i < token.length; i++) {
          const [before, here, after] = [token.slice(0, i), token.charAt(i), token.slice(i + 1)];
          const swapped = `${before}${after.charAt(0)}${here}${after.slice(1)}`;
          const others = [before, before + after, `${before}${here}${here}${after}`, swapped];
          const changed = Array.from(CHARACTERS, (other) => before + other + after);
          for (const wrong of [...others, ...changed])
            if (wrong !== token) expect(parseToken(wrong)).toMatchObject({ ok: false });
        }
      }),
      { numRuns: 8 },
    );
  });

  it('of a run of 300 steps that changes its task thirty times takes less than 100 characters', () => {
    const schedule = Array.from({ length: 30 }, (_, i) => ((i * 7) % 11).toString(36).repeat(10));
    const token = formatToken({ program: digest, schedule: schedule.join('') });
    expect(token.length).toBeLessThan(100);
    expect(parseToken(token)).toMatchObject({ ok: true, run: { schedule: schedule.join('') } });
  });

  it('names its program by the first half of the digest', () => {
    const token = formatToken({ program: digest, strategy: 'rw/1', seed: 42 });
    expect(token).toBe('lr2.q6urq6urq6urq6urq6urqw.rw~1.42.PhjlWg');
    expect(parseToken(token)).toMatchObject({ run: { program } });
  });

  it.each([
    [`lr1.${digest}.rw~1.42`, { strategy: 'rw/1', seed: 42 }],
    [`lr1.${digest}.schedule.012`, { schedule: '012' }],
  ])('of format 1 is still read: %s', (token, run) => {
    expect(parseToken(token)).toEqual({ ok: true, run: { program: digest, ...run } });
  });

  it.each([
    ['lr1.abc.rw~1.3', 'digest'],
    [`lr1.${digest}.rw.3`, 'strategy'],
    [`lr1.${digest}.rw~1.-3`, 'seed'],
    [`lr1.${digest}.rw~1.03`, 'seed'],
    [`lr1.${digest}.rw~1.9007199254740992`, 'seed'],
    [`lr1.${digest}.schedule.A`, 'schedule'],
    [`lr1.${digest}.schedule.0.1`, 'schedule'],
    ['lr2.', 'cut off'],
    ['lr2.x', 'cut off'],
    ['lr3.abc', 'is of format 3'],
    ['nbd/buggy', 'does not start with lr2.'],
    [`lr2.${'a'.repeat(500_000)}`, 'longer'],
  ])('%.80s is refused and the reason said', (token, reason) => {
    expect(reasonOf(token)).toContain(reason);
  });
});
