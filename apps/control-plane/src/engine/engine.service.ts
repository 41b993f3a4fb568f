/**
 * The engine behind a pool of threads of its own, with the limits of synchronous answers. What the pool
 * cannot answer becomes a problem that says what to do instead.
 */
import { MAX_REPLAY_MS } from '@lastref/contracts';
import { Pool } from '@lastref/threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Problem } from '../http/problem.js';
import type { EngineAnswer, EngineJob } from './engine-jobs.js';

const THREADS = 2;
const WAITING = 64;
const MEMORY_MB = 256;

// Specs run from the sources, where the thread's file exists only as built.
const THREAD_FILE = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/engine/engine-thread.js' : './engine-thread.js',
  import.meta.url,
);

@Injectable()
export class EngineService implements OnApplicationShutdown {
  private readonly pool = new Pool<EngineJob, EngineAnswer>({
    entry: THREAD_FILE,
    threads: THREADS,
    waiting: WAITING,
    heapMb: MEMORY_MB,
  });

  async ask(job: EngineJob): Promise<EngineAnswer> {
    const result = await this.pool.run(job, { limitMs: MAX_REPLAY_MS });
    switch (result.kind) {
      case 'answered':
        return result.answer;
      case 'busy':
      case 'stopped':
        throw new Problem('unavailable', 'too many runs are being replayed; try again', {
          headers: { 'retry-after': '1' },
        });
      case 'stalled':
        throw new Problem(
          'replay-too-long',
          `the engine did not finish within ${MAX_REPLAY_MS} ms; use the command line instead`,
        );
      case 'failed':
        throw new Error(`a thread of the engine failed: ${result.message}`);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}
