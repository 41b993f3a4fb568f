import { Control } from './control.js';
import type { ExploreOrder } from './messages.js';
import { ThreadPool } from './thread-pool.js';

/** A thread that does what the strategy of an order says: `hang`, `die`, `wait` for cancel, or answer. */
const SCRIPT = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ strategy, control, seedFrom }) => {
    const words = new Int32Array(control);
    while (strategy === 'hang');
    if (strategy === 'die') process.exit(3);
    while (strategy === 'wait' && Atomics.load(words, 0) === 0) Atomics.add(words, 1, 1);
    parentPort.postMessage({ kind: 'refused', message: strategy + ' ' + seedFrom });
  });`;
const ENTRY = new URL(`data:text/javascript,${encodeURIComponent(SCRIPT)}`);
const WATCHDOG_MS = 200;

function order(
  strategy: string,
  seedFrom = 0,
  control = new Control(),
  aside = false,
): ExploreOrder {
  const program = { digest: 'a'.repeat(64), bytes: '{}' };
  const range = { program, strategy, seedFrom, count: 1, cutOffs: new Map<string, number>() };
  return { kind: 'explore', ...range, aside, control: control.memory };
}

let pool: ThreadPool;

beforeEach(() => {
  pool = new ThreadPool({
    exploring: 1,
    extra: 1,
    searching: 1,
    watchdogMs: WATCHDOG_MS,
    entry: ENTRY,
  });
});

afterEach(() => pool.close());

describe('the thread pool', () => {
  it('answers more orders than it has threads', async () => {
    const answers = await Promise.all([1, 2, 3].map((seed) => pool.explore(order('go', seed))));
    expect(answers).toEqual([1, 2, 3].map((seed) => ({ kind: 'refused', message: `go ${seed}` })));
  });

  it('ends a thread without progress, reports it, and goes on with another', async () => {
    const hanging = pool.explore(order('hang'));
    const next = pool.explore(order('go'));
    expect(await hanging).toEqual({ kind: 'failed', message: `no progress for ${WATCHDOG_MS} ms` });
    expect(await next).toEqual({ kind: 'refused', message: 'go 0' });
  });

  it('reports a thread that dies, and goes on with another', async () => {
    expect(await pool.explore(order('die'))).toMatchObject({ kind: 'failed' });
    expect(await pool.explore(order('go'))).toEqual({ kind: 'refused', message: 'go 0' });
  });

  it('stops a run through shared memory', async () => {
    const control = new Control();
    const running = pool.explore(order('wait', 0, control));
    control.cancel();
    expect(await running).toEqual({ kind: 'refused', message: 'wait 0' });
  });

  it('answers what runs as cancelled when it is closed', async () => {
    const running = pool.explore(order('wait'));
    await pool.close();
    expect(await running).toEqual({ kind: 'cancelled' });
    expect(await pool.explore(order('go'))).toEqual({ kind: 'cancelled' });
  });
});

it('runs a range aside while its exploring threads are busy', async () => {
  const control = new Control();
  const busy = pool.explore(order('wait', 1, control));
  await expect(pool.explore(order('fine', 2, undefined, true))).resolves.toMatchObject({
    message: 'fine 2',
  });
  control.cancel();
  await busy;
});
