/** One build in a process of its own, as whoever compares builds sees it. */
import { INLINING } from '@lastref/threads';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { BuildReply } from './build-process.js';
import type { EngineTask } from './tasks.js';

const ENTRY = new URL('./build-process.js', import.meta.url);

export class Contender {
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;

  constructor(folder: string, entry: URL = ENTRY) {
    this.child = fork(entry, [folder], { execArgv: [...INLINING] });
    this.closed = once(this.child, 'close');
  }

  async round(task: EngineTask): Promise<BuildReply> {
    const answered = once(this.child, 'message') as Promise<[BuildReply]>;
    this.child.send(task);
    const reply = await Promise.race([answered, this.closed.then(() => null)]);
    return reply === null ? { ok: false, message: 'its process ended' } : reply[0];
  }

  async close(): Promise<void> {
    this.child.kill();
    await this.closed;
  }
}
