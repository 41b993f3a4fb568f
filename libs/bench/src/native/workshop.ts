/** Programs of others: the C compiler, Spin, and what they make, in a temporary folder that is removed afterwards. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class Workshop {
  readonly folder = mkdtempSync(join(tmpdir(), 'lastref-bench-'));

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** What the command printed, or null if it is not there. A failure is an error. */
  run(command: string, args: readonly string[]): string | null {
    const done = spawnSync(command, args, {
      cwd: this.folder,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    if (done.error !== undefined) {
      if ('code' in done.error && done.error.code === 'ENOENT') return null;
      throw done.error;
    }
    if (done.status !== 0)
      throw new Error(`${command} ended with ${done.status ?? 'a signal'}: ${done.stderr}`);
    return done.stdout;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
