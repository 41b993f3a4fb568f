/**
 * A few persistent threads for short jobs with a time limit each. A job that exceeds it, or a thread
 * that dies, ends that thread alone; the next job gets a new one. The queue is bounded: past it the
 * caller is told to come again. Time counts from the moment a running thread gets the job.
 */
import { Worker } from 'node:worker_threads';

export interface PoolOptions {
  file: URL;
  threads: number;
  waiting: number;
  timeoutMs: number;
  memoryMb: number;
}

export type PoolResult<Answer> =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'busy' }
  | { kind: 'timed-out' }
  | { kind: 'failed'; message: string };

interface Waiting<Job, Answer> {
  job: Job;
  resolve: (result: PoolResult<Answer>) => void;
}

export class ThreadPool<Job, Answer> {
  private readonly idle: Worker[] = [];
  private readonly queue: Waiting<Job, Answer>[] = [];
  private readonly workers = new Set<Worker>();
  private closed = false;

  constructor(private readonly options: PoolOptions) {}

  run(job: Job): Promise<PoolResult<Answer>> {
    if (this.closed || this.queue.length >= this.options.waiting) {
      return Promise.resolve({ kind: 'busy' });
    }
    return new Promise((resolve) => {
      this.queue.push({ job, resolve });
      this.dispatch();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { resolve } of this.queue.splice(0)) resolve({ kind: 'busy' });
    await Promise.all([...this.workers].map((worker) => worker.terminate()));
  }

  private dispatch(): void {
    const worker = this.idle.pop();
    if (worker !== undefined) {
      const waiting = this.queue.shift();
      if (waiting === undefined) this.idle.push(worker);
      else this.give(worker, waiting);
      return;
    }
    if (this.queue.length > 0 && this.workers.size < this.options.threads) this.start();
  }

  private start(): void {
    const worker = new Worker(this.options.file, {
      resourceLimits: { maxOldGenerationSizeMb: this.options.memoryMb },
      env: {},
    });
    this.workers.add(worker);
    worker.once('online', () => {
      worker.removeAllListeners('error');
      this.idle.push(worker);
      this.dispatch();
    });
    worker.once('error', (error: unknown) => {
      this.queue.shift()?.resolve({ kind: 'failed', message: messageOf(error) });
    });
    worker.once('exit', () => {
      this.workers.delete(worker);
      if (!this.closed) this.dispatch();
    });
  }

  private give(worker: Worker, { job, resolve }: Waiting<Job, Answer>): void {
    const end = (result: PoolResult<Answer>, reusable: boolean): void => {
      clearTimeout(timer);
      worker.removeAllListeners('message');
      worker.removeAllListeners('error');
      worker.removeListener('exit', died);
      resolve(result);
      if (reusable) {
        this.idle.push(worker);
        this.dispatch();
      } else {
        // An error after this one has nobody left to tell.
        worker.on('error', () => undefined);
        void worker.terminate();
      }
    };
    const died = (): void => {
      end({ kind: 'failed', message: 'the thread ended' }, false);
    };
    const timer = setTimeout(() => {
      end({ kind: 'timed-out' }, false);
    }, this.options.timeoutMs);
    worker.once('message', (answer: Answer) => {
      end({ kind: 'answered', answer }, true);
    });
    worker.once('error', (error: unknown) => {
      end({ kind: 'failed', message: messageOf(error) }, false);
    });
    worker.once('exit', died);
    worker.postMessage(job);
  }
}

/** Errors of a thread are clones: not always instances of this realm's Error. */
function messageOf(error: unknown): string {
  const isObject = typeof error === 'object' && error !== null;
  return isObject && 'message' in error ? String(error.message) : String(error);
}
