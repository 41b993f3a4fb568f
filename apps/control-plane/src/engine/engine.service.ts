/**
 * The engine behind a pool of threads of its own, with the limits of synchronous answers. What the pool
 * cannot answer becomes a problem that says what to do instead.
 */
import {
  MAX_ORDERS_MS,
  MAX_REPLAY_MS,
  MAX_VALIDATION_MS,
  type ProblemSlug,
} from '@lastref/contracts';
import { Pool } from '@lastref/threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Problem } from '../http/problem.js';
import type { EngineAnswer, EngineJob } from './engine-jobs.js';

const THREADS = 2;
const WAITING = 64;
const MEMORY_MB = 256;

/** How long a question waits for a thread: longer would be longer than whoever asked waits. */
const WAIT_MS = 2_000;

/** How long a job may take, and what is said of one that takes longer. */
const BOUNDS: Readonly<Record<EngineJob['kind'], { limitMs: number; tooLong: ProblemSlug }>> = {
  validate: { limitMs: MAX_VALIDATION_MS, tooLong: 'replay-too-long' },
  replay: { limitMs: MAX_REPLAY_MS, tooLong: 'replay-too-long' },
  steps: { limitMs: MAX_REPLAY_MS, tooLong: 'replay-too-long' },
  orders: { limitMs: MAX_ORDERS_MS, tooLong: 'orders-too-long' },
};

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
    const { limitMs, tooLong } = BOUNDS[job.kind];
    const result = await this.pool.run(job, { limitMs, waitMs: WAIT_MS });
    switch (result.kind) {
      case 'answered':
        return result.answer;
      case 'busy':
      case 'stopped':
        throw new Problem('unavailable', 'too many questions are being answered; try again', {
          headers: { 'retry-after': '1' },
        });
      case 'stalled':
        throw new Problem(
          tooLong,
          `the engine did not finish within ${limitMs} ms; use the command line instead`,
        );
      case 'failed':
        throw new Error(`a thread of the engine failed: ${result.message}`);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}
