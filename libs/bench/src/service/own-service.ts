/**
 * A service of its own for a measurement, started by the clone's tools/own-service.mjs as `npm start` would start it: durable
 * PostgreSQL and Redis, control plane, one worker with one thread, in a temporary folder. It goes away with `stop`, or when this
 * process ends, however it ends.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Refusal } from '../refusal.js';

const SCRIPT = fileURLToPath(new URL('../../../../tools/own-service.mjs', import.meta.url));

/** What the script says of itself, as one line of JSON. */
export interface Addresses {
  readonly url: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

export interface OwnService extends Addresses {
  readonly stop: () => Promise<void>;
}

const cannot = (message: string): Refusal => ({ refused: 'environment', message });

export async function startOwnService(
  say: (line: string) => void,
  script = SCRIPT,
): Promise<OwnService | Refusal> {
  if (!existsSync(script)) return cannot('needs a clone of the repository');
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  let lastLine = `${script} ended without a word`;
  createInterface(child.stderr).on('line', (line) => {
    lastLine = line;
    say(line);
  });
  const first = once(createInterface(child.stdout), 'line') as Promise<[string]>;
  const started = await Promise.race([first, closed.then(() => null)]);
  if (started === null) return cannot(lastLine);
  return {
    ...(JSON.parse(started[0]) as Addresses),
    stop: async () => {
      child.stdin.end();
      await closed;
    },
  };
}
