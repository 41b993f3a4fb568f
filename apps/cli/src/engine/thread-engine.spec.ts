/** What becomes of threads that answer, die, hang or are interrupted; the engine itself runs in process.spec.ts. */
import { NO_TOTALS } from '@lastref/exploration';
import { compileAddress } from '@lastref/scenarios';
import type { SampleJob } from './engine.js';
import { threadEngine } from './thread-engine.js';

const entry = (script: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads'; parentPort.on('message', (order) => { ${script} });`)}`,
  );

const engineThat = (script: string): ReturnType<typeof threadEngine> => threadEngine(entry(script));

const program = compileAddress('nbd/buggy/last-close');
const never = new AbortController().signal;
const job: SampleJob = { program, strategy: 'rw/1', seedFrom: 0, schedules: 10, threads: 2 };
const quiet = (): void => undefined;

const totals = (schedules: number): string =>
  `parentPort.postMessage(${JSON.stringify({ kind: 'sampled', totals: { ...NO_TOTALS, schedules } })});`;

describe('threads', () => {
  it('are added up', async () => {
    const result = await engineThat(totals(5)).sample(job, quiet, never);
    expect(result).toMatchObject({
      ok: true,
      value: { totals: { schedules: 10 }, interrupted: false },
    });
  });

  it('that come back with less were interrupted', async () => {
    const result = await engineThat(totals(2)).sample(job, quiet, never);
    expect(result).toMatchObject({ ok: true, value: { interrupted: true } });
  });

  it('hear of an interruption through the shared range', async () => {
    const waits = `const words = new BigInt64Array(order.range);
      while (Atomics.load(words, 3) === 0n) Atomics.store(words, 2, 7n); ${totals(1)}`;
    const abort = new AbortController();
    const seen: number[] = [];
    const onProgress = (done: number): void => {
      seen.push(done);
      abort.abort();
    };
    const result = await engineThat(waits).sample(job, onProgress, abort.signal);
    expect(result).toMatchObject({ ok: true, value: { interrupted: true } });
    expect(seen).toContain(7);
  });

  it('that fail on a bound refuse with its message', async () => {
    const fails = `parentPort.postMessage({ kind: 'failed', message: 'bound exceeded' });`;
    const result = await engineThat(fails).sample(job, quiet, never);
    expect(result).toMatchObject({ ok: false, refusal: { exit: 1, message: 'bound exceeded' } });
  });

  it.each([
    [`throw new Error('broken');`, 'broken'],
    ['process.exit(3);', 'code 3'],
    [`parentPort.postMessage({ kind: 'sampled' });`, "answered 'sampled'"],
  ])('that do not do their work are the environment: %s', async (script, message) => {
    const result = await engineThat(script).prove(program, {}, never);
    expect(result).toMatchObject({ ok: false, refusal: { exit: 3 } });
    expect(result.ok ? '' : result.refusal.message).toContain(message);
  });

  it('that search are ended by an interruption', async () => {
    const abort = new AbortController();
    const result = engineThat('for (;;);').shrink(program, 'leak@f', {}, abort.signal);
    abort.abort();
    expect(await result).toMatchObject({ ok: false, refusal: { exit: 130 } });
  });

  it('are not started for what is already interrupted', async () => {
    const engine = engineThat(`throw new Error('started');`);
    const gone = AbortSignal.abort();
    expect(await engine.sample(job, quiet, gone)).toMatchObject({ refusal: { exit: 130 } });
    expect(await engine.prove(program, {}, gone)).toMatchObject({ refusal: { exit: 130 } });
  });
});
