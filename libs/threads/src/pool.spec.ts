import { Pool, type PoolOptions } from './pool.js';

type Order = 'echo' | 'hang' | 'throw' | 'exit' | SharedArrayBuffer;

/** Answers with its own number; with shared memory it counts there until it is told to stop. */
const SOURCE = `
  import { parentPort, threadId } from 'node:worker_threads';
  parentPort.on('message', (order) => {
    if (order === 'hang') for (;;);
    if (order === 'throw') throw new Error('thrown in the thread');
    if (order === 'exit') process.exit(3);
    const words = order === 'echo' ? undefined : new Int32Array(order);
    while (words !== undefined && Atomics.load(words, 1) === 0) Atomics.add(words, 0, 1);
    parentPort.postMessage(threadId);
  });`;

const pools: Pool<Order, number>[] = [];
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
});

function makePool(options: Partial<PoolOptions> = {}, source = SOURCE): Pool<Order, number> {
  const entry = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  const pool = new Pool<Order, number>({
    entry,
    threads: 1,
    waiting: 4,
    heapMb: 32,
    ...options,
  });
  pools.push(pool);
  return pool;
}

const counter = (): { memory: SharedArrayBuffer; words: Int32Array } => {
  const memory = new SharedArrayBuffer(8);
  return { memory, words: new Int32Array(memory) };
};

describe('a pool of threads', () => {
  it('answers order after order on the same thread', async () => {
    const pool = makePool({ threads: 2 });
    const first = await pool.run('echo');
    expect(first).toMatchObject({ kind: 'answered' });
    expect(await pool.run('echo')).toEqual(first);
  });

  it('answers more orders than it has threads', async () => {
    const pool = makePool();
    const all = await Promise.all([1, 2, 3].map(() => pool.run('echo')));
    expect(new Set(all.map((ended) => JSON.stringify(ended))).size).toBe(1);
  });

  it('runs as many orders at once as it has threads', async () => {
    const pool = makePool({ threads: 2 });
    const { memory, words } = counter();
    const first = pool.run(memory);
    expect(await pool.run('echo')).toMatchObject({ kind: 'answered' });
    Atomics.store(words, 1, 1);
    expect(await first).toMatchObject({ kind: 'answered' });
  });

  it('ends a thread without progress, and goes on with another', async () => {
    const pool = makePool();
    const [hung, after] = await Promise.all([
      pool.run('hang', { limitMs: 50 }),
      pool.run('echo', { limitMs: 10_000 }),
    ]);
    expect(hung).toEqual({ kind: 'stalled', afterMs: 50 });
    expect(after).toMatchObject({ kind: 'answered' });
  });

  it('leaves a thread alone that makes progress', async () => {
    const pool = makePool();
    const { memory, words } = counter();
    let looks = 0;
    const progress = (): number => {
      if (++looks === 5) Atomics.store(words, 1, 1);
      return Atomics.load(words, 0);
    };
    expect(await pool.run(memory, { limitMs: 20, progress })).toMatchObject({ kind: 'answered' });
  });

  it.each([
    ['throw', 'thrown in the thread'],
    ['exit', 'the thread ended with code 3'],
  ] as const)('survives a thread that dies by %s', async (order, message) => {
    const pool = makePool();
    const [died, after] = await Promise.all([pool.run(order), pool.run('echo')]);
    expect(died).toEqual({ kind: 'failed', message });
    expect(after).toMatchObject({ kind: 'answered' });
  });

  it('replaces a thread that died while it had nothing to do', async () => {
    const source = `
      import { parentPort, threadId } from 'node:worker_threads';
      parentPort.on('message', (memory) => {
        parentPort.postMessage(threadId);
        setImmediate(() => { Atomics.store(new Int32Array(memory), 0, 1); process.exit(3); });
      });`;
    const pool = makePool({}, source);
    const { memory, words } = counter();
    const first = await pool.run(memory);
    while (Atomics.load(words, 0) === 0) await new Promise(setImmediate);
    const second = await pool.run(counter().memory);
    expect([first.kind, second.kind]).toContain('answered');
  });

  it('refuses what does not fit into its queue', async () => {
    const pool = makePool();
    const results = await Promise.all(Array.from({ length: 7 }, () => pool.run('echo')));
    const kinds = results.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'busy')).toHaveLength(2);
    expect(kinds.filter((kind) => kind === 'answered')).toHaveLength(5);
  });

  it('refuses an order that has waited for a thread as long as it may, and forgets it', async () => {
    const pool = makePool();
    const { memory, words } = counter();
    const running = pool.run(memory);
    expect(await pool.run('echo', { waitMs: 30 })).toEqual({ kind: 'busy' });
    const patient = pool.run('echo', { waitMs: 60_000 });
    Atomics.store(words, 1, 1);
    expect([await running, await patient]).toMatchObject(Array(2).fill({ kind: 'answered' }));
  });

  it('fails the order when its thread cannot start', async () => {
    const pool = makePool({}, 'this is no program');
    expect(await pool.run('echo')).toMatchObject({ kind: 'failed' });
  });

  it('ends a thread whose answer nobody wants any more, and starts none for it', async () => {
    const pool = makePool();
    const { memory, words } = counter();
    const abort = new AbortController();
    const running = pool.run(memory, { signal: abort.signal });
    while (Atomics.load(words, 0) === 0) await new Promise(setImmediate);
    abort.abort();
    expect(await running).toEqual({ kind: 'stopped' });
    expect(await pool.run('echo', { signal: abort.signal })).toEqual({ kind: 'stopped' });
    expect(await pool.run('echo')).toMatchObject({ kind: 'answered' });
  });

  it('answers nobody once it is closed', async () => {
    const pool = makePool();
    const running = pool.run('hang');
    const waiting = pool.run('echo');
    await pool.close();
    const stopped = { kind: 'stopped' };
    expect([await running, await waiting, await pool.run('echo')]).toEqual(Array(3).fill(stopped));
  });
});
