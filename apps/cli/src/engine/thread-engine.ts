/**
 * The engine on the threads of one pool: as many as asked for a hunt, one for a proof or a shrink. They stay for the next order, so
 * that the rounds of a hunt start no thread of their own.
 */
import { mergeTotals, NO_TOTALS, type BatchTotals } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { Pool, type Ended } from '@lastref/threads';
import { EXIT } from '../exit-codes.js';
import { POLL_MS, THREADS_MAX } from '../limits.js';
import { INTERRUPTED, ok, refused, type Result } from '../outcome.js';
import type { Engine, Sampled, SampleJob } from './engine.js';
import type { Order, Reply } from './orders.js';
import { SeedRange } from './seed-range.js';

const THREAD_ENTRY = new URL('./thread-main.js', import.meta.url);

type Threads = Pool<Order, Reply>;

export function threadEngine(entry: URL = THREAD_ENTRY): Engine {
  const threads: Threads = new Pool({ entry, threads: THREADS_MAX, waiting: 0 });
  const numberOf = numbers();
  return {
    sample: (job, onProgress, signal) =>
      sampleOnThreads(threads, { ...job, programId: numberOf(job.program) }, onProgress, signal),
    examine: async (program, runs, maxStates, signal) => {
      const order: Order = { kind: 'examine', program, runs, maxStates };
      const reply = await ask(threads, order, signal);
      return replyOf(reply, (value) => (value.kind === 'examined' ? value.runs : undefined));
    },
    prove: async (program, options, signal) => {
      const order: Order = { kind: 'prove', program, options };
      const reply = await ask(threads, order, signal);
      return replyOf(reply, (value) => (value.kind === 'proved' ? value.result : undefined));
    },
    probabilities: async (program, maxStates, signal) => {
      const order: Order = { kind: 'probabilities', program, maxStates };
      const reply = await ask(threads, order, signal);
      return replyOf(reply, (value) => (value.kind === 'solved' ? value.result : undefined));
    },
    orders: async (program, options, signal) => {
      const order: Order = { kind: 'orders', program, options };
      const reply = await ask(threads, order, signal);
      return replyOf(reply, (value) => (value.kind === 'ordered' ? value.result : undefined));
    },
    shrink: async (program, signature, options, signal) => {
      const order: Order = { kind: 'shrink', program, signature, options };
      const reply = await ask(threads, order, signal);
      return replyOf(reply, (value) => (value.kind === 'shrunk' ? value.result : undefined));
    },
    explain: async (program, schedule, signature, options, signal) => {
      const order: Order = { kind: 'explain', program, schedule, signature, options };
      const reply = await ask(threads, order, signal);
      return replyOf(reply, (value) => (value.kind === 'explained' ? value.result : undefined));
    },
  };
}

/** Numbers programs, each the first time it is seen. */
function numbers(): (program: Program) => number {
  const known = new WeakMap<Program, number>();
  let last = 0;
  return (program) => {
    const number = known.get(program) ?? ++last;
    known.set(program, number);
    return number;
  };
}

interface NumberedJob extends SampleJob {
  readonly programId: number;
}

async function sampleOnThreads(
  pool: Threads,
  { program, programId, strategy, seedFrom, schedules, threads }: NumberedJob,
  onProgress: (done: number) => void,
  signal: AbortSignal,
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
  const order: Order = { kind: 'sample', program, programId, strategy, range: range.memory };
  const replies = await Promise.all(
    Array.from({ length: threads }, async () => {
      const reply = await ask(pool, order);
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

/** @param signal ends the thread; leave it out where the order has a gentler way to stop */
async function ask(threads: Threads, order: Order, signal?: AbortSignal): Promise<Result<Reply>> {
  const ended = await threads.run(order, signal === undefined ? {} : { signal });
  return ended.kind === 'answered' ? ok(ended.answer) : unanswered(ended);
}

function unanswered(ended: Exclude<Ended<Reply>, { kind: 'answered' }>): Result<never> {
  switch (ended.kind) {
    case 'stopped':
      return { ok: false, refusal: INTERRUPTED };
    case 'failed':
      return refused(EXIT.environment, `an engine thread died: ${ended.message}`);
    case 'stalled':
      return refused(EXIT.environment, `an engine thread stood still for ${ended.afterMs} ms`);
    case 'busy':
      return refused(EXIT.environment, `more than ${THREADS_MAX} engine threads are wanted`);
  }
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
