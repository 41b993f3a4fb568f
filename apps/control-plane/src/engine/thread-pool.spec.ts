import { ThreadPool } from './thread-pool.js';

type Job = 'echo' | 'hang' | 'throw' | 'exit';

const SOURCE = `
  import { parentPort, threadId } from 'node:worker_threads';
  parentPort.on('message', (job) => {
    if (job === 'hang') for (;;);
    if (job === 'throw') throw new Error('thrown in the thread');
    if (job === 'exit') process.exit(3);
    parentPort.postMessage(threadId);
  });`;

const pools: ThreadPool<Job, number>[] = [];

function makePool(threads: number, source = SOURCE): ThreadPool<Job, number> {
  const pool = new ThreadPool<Job, number>({
    file: new URL(`data:text/javascript,${encodeURIComponent(source)}`),
    threads,
    waiting: 4,
    timeoutMs: 1_000,
    memoryMb: 32,
  });
  pools.push(pool);
  return pool;
}

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
});

describe('a pool of threads', () => {
  it('answers job after job on the same thread', async () => {
    const pool = makePool(1);
    const first = await pool.run('echo');
    expect(first).toMatchObject({ kind: 'answered' });
    expect(await pool.run('echo')).toEqual(first);
  });

  it('ends a job that takes too long, and goes on with a new thread', async () => {
    const pool = makePool(1);
    const [hung, after] = await Promise.all([pool.run('hang'), pool.run('echo')]);
    expect(hung).toEqual({ kind: 'timed-out' });
    expect(after).toMatchObject({ kind: 'answered' });
  });

  it.each([
    ['throw', 'thrown in the thread'],
    ['exit', 'the thread ended'],
  ] as const)('survives a thread that dies by %s', async (job, message) => {
    const pool = makePool(1);
    const [died, after] = await Promise.all([pool.run(job), pool.run('echo')]);
    expect(died.kind === 'failed' ? died.message : died.kind).toBe(message);
    expect(after).toMatchObject({ kind: 'answered' });
  });

  it('refuses what does not fit in its queue', async () => {
    const pool = makePool(1);
    const results = await Promise.all(Array.from({ length: 7 }, () => pool.run('echo')));
    expect(results.filter(({ kind }) => kind === 'busy').length).toBeGreaterThan(0);
    expect(results[0]).toMatchObject({ kind: 'answered' });
  });

  it('fails the job when its thread cannot start', async () => {
    const pool = makePool(1, 'this is no program');
    expect(await pool.run('echo')).toMatchObject({ kind: 'failed' });
  });

  it('answers nobody after it was closed', async () => {
    const pool = makePool(1);
    const running = pool.run('hang');
    const waiting = pool.run('echo');
    await pool.close();
    expect(await pool.run('echo')).toEqual({ kind: 'busy' });
    expect((await waiting).kind).not.toBe('answered');
    expect((await running).kind).not.toBe('answered');
  });
});
