/** The engine on threads: as many as asked for a hunt, one for a proof or a shrink. */
import { mergeTotals, NO_TOTALS, type BatchTotals } from '@lastref/exploration';
import { EXIT } from '../exit-codes.js';
import { POLL_MS } from '../limits.js';
import { INTERRUPTED, ok, refused, type Result } from '../outcome.js';
import type { Engine, Sampled, SampleJob } from './engine.js';
import type { Order, Reply } from './orders.js';
import { runOnThread, THREAD_ENTRY } from './run-on-thread.js';
import { SeedRange } from './seed-range.js';

export const threadEngine = (entry: URL = THREAD_ENTRY): Engine => ({
  sample: (job, onProgress, signal) => sampleOnThreads(job, onProgress, signal, entry),
  examine: async (program, runs, maxStates, signal) => {
    const order: Order = { kind: 'examine', program, runs, maxStates };
    const reply = await runOnThread(order, signal, entry);
    return replyOf(reply, (value) => (value.kind === 'examined' ? value.runs : undefined));
  },
  prove: async (program, options, signal) => {
    const order: Order = { kind: 'prove', program, options };
    const reply = await runOnThread(order, signal, entry);
    return replyOf(reply, (value) => (value.kind === 'proved' ? value.result : undefined));
  },
  probabilities: async (program, maxStates, signal) => {
    const order: Order = { kind: 'probabilities', program, maxStates };
    const reply = await runOnThread(order, signal, entry);
    return replyOf(reply, (value) => (value.kind === 'solved' ? value.result : undefined));
  },
  shrink: async (program, signature, options, signal) => {
    const order: Order = { kind: 'shrink', program, signature, options };
    const reply = await runOnThread(order, signal, entry);
    return replyOf(reply, (value) => (value.kind === 'shrunk' ? value.result : undefined));
  },
});

async function sampleOnThreads(
  { program, strategy, seedFrom, schedules, threads }: SampleJob,
  onProgress: (done: number) => void,
  signal: AbortSignal,
  entry: URL,
): Promise<Result<Sampled>> {
  if (signal.aborted) return { ok: false, refusal: INTERRUPTED };
  const range = SeedRange.of(seedFrom, schedules);
  const cancel = (): void => {
    range.cancel();
  };
  signal.addEventListener('abort', cancel, { once: true });
  const poll = setInterval(() => {
    onProgress(range.done);
  }, POLL_MS);
  const order: Order = { kind: 'sample', program, strategy, range: range.memory };
  const replies = await Promise.all(
    Array.from({ length: threads }, async () => {
      const reply = await runOnThread(order, undefined, entry);
      const failed = !reply.ok || reply.value.kind === 'failed';
      if (failed) range.cancel();
      return replyOf(reply, (value) => (value.kind === 'sampled' ? value.totals : undefined));
    }),
  );
  clearInterval(poll);
  signal.removeEventListener('abort', cancel);
  let totals: BatchTotals = NO_TOTALS;
  for (const reply of replies) {
    if (!reply.ok) return reply;
    totals = mergeTotals(totals, reply.value);
  }
  return ok({ totals, interrupted: totals.schedules < schedules });
}

/** The reply as the kind that was asked for; anything else is a refusal. */
function replyOf<T>(reply: Result<Reply>, read: (value: Reply) => T | undefined): Result<T> {
  if (!reply.ok) return reply;
  if (reply.value.kind === 'failed') return refused(EXIT.failed, reply.value.message);
  const value = read(reply.value);
  return value === undefined
    ? refused(EXIT.environment, `an engine thread answered '${reply.value.kind}'`)
    : ok(value);
}
