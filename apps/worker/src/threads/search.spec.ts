import { orders, prove } from '@lastref/exploration';
import { programDigest, programJson, type Program } from '@lastref/kernel';
import { shrink } from '@lastref/shrinking';
import { compileAddress } from '@lastref/scenarios';
import { Control } from './control.js';
import { search } from './search.js';

const program = compileAddress('nbd/buggy/main');
const SIGNATURE = prove(program).failures[0] ?? '';
const HUGE = Number.MAX_SAFE_INTEGER;

const bytes = (of: Program): { digest: string; bytes: string } => ({
  digest: programDigest(of),
  bytes: programJson(of),
});

function means(control = new Control()): {
  program: ReturnType<typeof bytes>;
  control: SharedArrayBuffer;
  maxStates: number;
  maxBytes: number;
} {
  return { program: bytes(program), control: control.memory, maxStates: 100_000, maxBytes: HUGE };
}

const PROVE = { kind: 'prove', symmetry: false, reduce: false } as const;

describe('a search on a thread', () => {
  it('answers what the engine does, and says how far it came', () => {
    const control = new Control();
    const found = prove(program, { maxStates: 100_000 });
    expect(search(program, { ...PROVE, ...means(control) })).toEqual({
      kind: 'proved',
      search: found,
    });
    expect(control.done).toBe(found.states);
    const reduced = { ...PROVE, ...means(), symmetry: true, reduce: true };
    expect(search(program, reduced)).toMatchObject({ search: { reduced: true } });
  });

  it('is bounded by bytes, and says so instead of growing on', () => {
    const large = compileAddress('whole-host/buggy/small');
    const bounded = { ...PROVE, ...means(), maxBytes: 1_000_000 };
    const answer = search(large, bounded);
    expect(answer).toMatchObject({ search: { complete: false, limit: 'bytes' } });
    if (answer.kind !== 'proved') throw new Error(answer.kind);
    expect(answer.search.states).toBeGreaterThan(1_000);
    expect(answer.search.states).toBeLessThan(bounded.maxStates);
    expect(search(large, bounded)).toEqual(answer);
  });

  it('ends when it is cancelled', () => {
    const control = new Control();
    control.cancel();
    const large = compileAddress('whole-host/buggy/small');
    for (const order of [
      { ...PROVE, ...means(control) },
      { kind: 'shrink-run', signature: SIGNATURE, start: null, maxNodes: 1e6, ...means(control) },
    ] as const)
      expect(search(large, order)).toEqual({ kind: 'cancelled' });
    expect(control.done).toBeLessThan(10_000);
  });

  it('tells orders, and refuses milestones that the case does not name', () => {
    const ordered = compileAddress('devmem/buggy/main');
    const table = orders(ordered);
    if (!table.ok) throw new Error(table.message);
    const answer = search(ordered, { kind: 'orders', ...means() });
    expect(answer).toMatchObject({
      kind: 'ordered',
      orders: { proved: true, orders: table.orders },
    });
    const unknown = { kind: 'orders', ...means(), milestones: ['a', 'b'] } as const;
    expect(search(ordered, unknown)).toMatchObject({ kind: 'refused' });
  });

  it('shrinks what it was asked to, and says that it lives', () => {
    const control = new Control();
    const order = { kind: 'shrink-run', signature: SIGNATURE, start: null, maxNodes: 1e6 } as const;
    const answer = search(program, { ...order, ...means(control) });
    const whole = shrink(program, SIGNATURE);
    if (!whole.ok) throw new Error(whole.message);
    const { grade, cost, schedule } = whole.reproduction;
    expect(answer).toMatchObject({ kind: 'shrunk', bug: { grade, cost, schedule } });
    const from = { ...order, start: schedule, ...means(control) };
    const before = control.done;
    expect(search(program, from)).toMatchObject({ kind: 'shrunk', bug: { schedule } });
    expect(control.done).toBeGreaterThan(before);
  });
});
