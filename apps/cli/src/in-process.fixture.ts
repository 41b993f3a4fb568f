/** Runs command lines in the process of a spec: the engine without threads, and a clock that moves a second per look. */
import { Readable } from 'node:stream';
import type { Engine } from './engine/engine.js';
import { execute } from './engine/execute.js';
import type { Order } from './engine/orders.js';
import { SeedRange } from './engine/seed-range.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Input } from './io.js';
import { INTERRUPTED, ok, refused, type Result } from './outcome.js';
import { runCli } from './run-cli.js';

export interface Ran {
  readonly exit: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface Setting {
  readonly input?: Input;
  /** Told of what is said, as it is. */
  readonly onOut?: (text: string) => void;
  readonly signal?: AbortSignal;
  readonly serviceUrl?: string;
  readonly token?: string;
  readonly databaseUrl?: string;
}

export async function lastref(words: readonly string[], setting: Setting = {}): Promise<Ran> {
  let out = '';
  let err = '';
  let clock = 0;
  const exit = await runCli(words, {
    input: () => setting.input ?? Readable.from([]),
    out: (text) => {
      out += text;
      setting.onOut?.(text);
    },
    err: (text) => (err += text),
    terminal: undefined,
    signal: setting.signal ?? new AbortController().signal,
    now: () => (clock += 1000),
    serviceUrl: setting.serviceUrl,
    token: setting.token,
    databaseUrl: setting.databaseUrl,
    makeEngine: () => Promise.resolve(inProcessEngine),
  });
  return { exit, out, err };
}

/** The answer of a command line with --json. */
export async function lastrefJson(
  words: readonly string[],
  setting: Setting = {},
): Promise<{ exit: ExitCode; json: unknown; err: string }> {
  const { exit, out, err } = await lastref([...words, '--json'], setting);
  return { exit, json: out === '' ? undefined : (JSON.parse(out) as unknown), err };
}

const inProcessEngine: Engine = {
  sample: ({ program, strategy, seedFrom, schedules }, onProgress, signal) => {
    if (signal.aborted) return Promise.resolve({ ok: false, refusal: INTERRUPTED });
    const range = SeedRange.of(seedFrom, schedules);
    const order: Order = {
      kind: 'sample',
      program,
      programId: 0,
      strategy,
      range: range.memory,
    };
    const reply = execute(order);
    onProgress(range.done);
    if (reply.kind === 'sampled')
      return Promise.resolve(ok({ totals: reply.totals, interrupted: false }));
    return notAsked(reply);
  },
  examine: (program, runs, maxStates) => {
    const reply = execute({ kind: 'examine', program, runs, maxStates });
    return reply.kind === 'examined' ? Promise.resolve(ok(reply.runs)) : notAsked(reply);
  },
  prove: (program, options) => {
    const reply = execute({ kind: 'prove', program, options });
    return reply.kind === 'proved' ? Promise.resolve(ok(reply.result)) : notAsked(reply);
  },
  probabilities: (program, maxStates) => {
    const reply = execute({ kind: 'probabilities', program, maxStates });
    return reply.kind === 'solved' ? Promise.resolve(ok(reply.result)) : notAsked(reply);
  },
  orders: (program, options) => {
    const reply = execute({ kind: 'orders', program, options });
    return reply.kind === 'ordered' ? Promise.resolve(ok(reply.result)) : notAsked(reply);
  },
  shrink: (program, signature, options) => {
    const reply = execute({ kind: 'shrink', program, signature, options });
    return reply.kind === 'shrunk' ? Promise.resolve(ok(reply.result)) : notAsked(reply);
  },
  explain: (program, schedule, signature, options) => {
    const reply = execute({ kind: 'explain', program, schedule, signature, options });
    return reply.kind === 'explained' ? Promise.resolve(ok(reply.result)) : notAsked(reply);
  },
};

const notAsked = (reply: { kind: string; message?: string }): Promise<Result<never>> =>
  Promise.resolve(refused(EXIT.failed, reply.message ?? reply.kind));
