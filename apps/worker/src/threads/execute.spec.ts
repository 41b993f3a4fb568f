import { type BatchTotals, ledgerDigest, mergeTotals, replay, Sampler } from '@lastref/exploration';
import { kindOf, programDigest, programJson } from '@lastref/kernel';
import type { ShardResult } from '@lastref/contracts';
import { compileAddress } from '@lastref/scenarios';
import { Control } from './control.js';
import { Executor } from './execute.js';
import type { ExploreOrder, ShrinkOrder } from './messages.js';

const STRATEGY = 'rw/1';
const SCHEDULES = 1_200;
/** Hangs under about half of its seeds. */
const program = compileAddress('nbd/fixed/stays-open');
const bytes = { digest: programDigest(program), bytes: programJson(program) };
const executor = new Executor();

function order(seedFrom: number, count: number, cutOffs = new Map<string, number>()): ExploreOrder {
  const range = { program: bytes, strategy: STRATEGY, seedFrom, count, cutOffs };
  return { kind: 'explore', ...range, aside: false, control: new Control().memory };
}

function explore(seedFrom: number, count: number, cutOffs?: Map<string, number>): ShardResult {
  const answer = executor.execute(order(seedFrom, count, cutOffs));
  if (answer.kind !== 'explored') throw new Error(JSON.stringify(answer));
  return answer.result;
}

function shards(size: number): BatchTotals[] {
  const starts = Array.from({ length: Math.ceil(SCHEDULES / size) }, (_, place) => place * size);
  return starts.map((from) => {
    const { totals } = explore(from, Math.min(size, SCHEDULES - from));
    const signatures = totals.signatures.map((row) => ({ ...row, kind: kindOf(row.signature) }));
    return { ...totals, signatures };
  });
}

function ledger(parts: readonly BatchTotals[]): string {
  const totals = parts.reduce((sum, part) => mergeTotals(sum, part));
  return ledgerDigest([{ program: bytes.digest, strategy: STRATEGY, totals }]);
}

function whole(): BatchTotals {
  const sampler = new Sampler(program, STRATEGY);
  sampler.run(0, SCHEDULES);
  return sampler.totals();
}

it('a shard has the lowest seeds of its cut runs', () => {
  const stalled = compileAddress('nbd/fixed/server-dies-worker-stalled');
  const answer = new Executor().execute({
    ...order(2_000, 1_000),
    program: { digest: programDigest(stalled), bytes: programJson(stalled) },
    strategy: 'rw/1',
  });
  expect(answer).toMatchObject({
    result: { totals: { cut: 4, cutSeeds: [2_190, 2_226, 2_423, 2_992] } },
  });
});

describe('a ledger', () => {
  it.each([64, 311, SCHEDULES])('is the same in shards of %d, in any order', (size) => {
    const parts = shards(size);
    expect(ledger(parts)).toBe(ledger([whole()]));
    expect(ledger(parts.reverse())).toBe(ledger([whole()]));
  });

  it('differs when a shard is dropped, and when one is counted twice', () => {
    const parts = shards(311);
    const [first, ...rest] = parts;
    if (first === undefined) throw new Error('no shards');
    expect(ledger(rest)).not.toBe(ledger(parts));
    expect(ledger([...parts, first])).not.toBe(ledger(parts));
  });

  it('differs when one shard is dropped for another counted twice', () => {
    const [first, second, ...rest] = shards(400);
    if (first === undefined || second === undefined) throw new Error('no shards');
    expect(ledger([second, second, ...rest])).not.toBe(ledger([first, second, ...rest]));
  });
});

describe('an order', () => {
  it('keeps failures that replay to the same trace by seed and by schedule', () => {
    const { failures, totals } = explore(0, 200);
    const failing = totals.signatures.reduce((sum, row) => sum + row.count, 0);
    expect(failures).toHaveLength(failing);
    for (const { schedule, traceDigest } of failures.slice(0, 20)) {
      const replayed = replay(program, { schedule });
      expect(replayed.ok && replayed.trace.digest).toBe(traceDigest);
    }
  });

  it('keeps none at or above the cut-off', () => {
    const [signature] = explore(0, 200).totals.signatures;
    if (signature === undefined) throw new Error('nothing fails');
    const cutOff = signature.lowestSeeds[3] ?? 0;
    const { failures } = explore(0, 200, new Map([[signature.signature, cutOff]]));
    const kept = failures.filter((failure) => failure.signature === signature.signature);
    expect(kept.map((failure) => failure.seed)).toEqual(signature.lowestSeeds.slice(0, 3));
  });

  it('stops when it is cancelled', () => {
    const control = new Control();
    control.cancel();
    const cancelled = { ...order(0, 200), control: control.memory };
    expect(executor.execute(cancelled)).toEqual({ kind: 'cancelled' });
    expect(explore(0, 200).totals.schedules).toBe(200);
  });

  it('shrinks a kept failure, to the same minimum as without it', () => {
    const [kept] = explore(0, 200).failures;
    if (kept === undefined) throw new Error('no seed fails');
    const { signature, schedule } = kept;
    const without: ShrinkOrder = { kind: 'shrink', program: bytes, signature, start: null };
    const answer = executor.execute(without);
    expect(answer).toMatchObject({ kind: 'shrunk', bug: { grade: 'minimum (proved)' } });
    expect(executor.execute({ ...without, start: schedule })).toEqual(answer);
  });

  it('that cannot be carried out is an answer with its message', () => {
    const wrong = { ...order(0, 10), strategy: 'rw/999' };
    expect(executor.execute(wrong)).toMatchObject({ kind: 'failed' });
    const foreign = { ...order(0, 10), program: { digest: 'f'.repeat(64), bytes: '{}' } };
    expect(executor.execute(foreign)).toMatchObject({ kind: 'failed' });
  });
});
