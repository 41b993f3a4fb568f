/**
 * Runs one duty again and again, never twice at once: the next run starts `everyMs` after the last ended.
 * `wake` makes it start now, or once more after the run under way. A duty that fails is reported and tried again at the
 * next tick. `stop` waits for the run under way.
 */
import { setTimeout as pause } from 'node:timers/promises';

export class Ticker {
  private readonly stopping = new AbortController();
  private waking = new AbortController();
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly everyMs: number,
    private readonly duty: () => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.loop = this.run();
  }

  wake(): void {
    this.waking.abort();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.waking = new AbortController();
      await this.duty().catch(this.onError);
      await pause(this.everyMs, undefined, { signal: this.waking.signal }).catch(() => undefined);
    }
  }
}
