/**
 * A process of the product as a test sees it: what it printed and how it ended. Without an entry it is `npm start` (without
 * npm), and which processes that registered.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isAlive, type ProcessIdentity } from '../../tools/processes/identity.mjs';
import { type Keeper } from './keeper.mjs';

export interface StartProcess {
  /** Resolves when `text` has been printed; rejects, with all that was, if the process ends without it. */
  readonly says: (text: string) => Promise<void>;
  readonly pid: number;
  /** The exit code, or the name of the signal. */
  readonly ended: Promise<number | string>;
  /** Sends the signal and waits for the end; for one that has ended it only tells how. */
  readonly stop: (signal: NodeJS.Signals) => Promise<number | string>;
}

const START = join(__dirname, '..', '..', 'tools', 'start.mjs');

export function startProcess(
  environment: Record<string, string>,
  keeper: Keeper,
  entry = START,
  program = process.execPath,
): StartProcess {
  const env = { ...process.env, ...environment };
  const child = spawn(program, [entry], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const identity = identify(child.pid ?? 0);
  if (identity !== undefined) keeper.server(identity, 'SIGTERM');

  let output = '';
  const listeners = new Set<() => void>();
  const collect = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => {
      resolve(signal ?? code ?? 0);
    });
  });

  return {
    pid: child.pid ?? 0,
    ended,
    stop: (signal) => {
      child.kill(signal);
      return ended;
    },
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (output.includes(text)) resolve();
        };
        listeners.add(look);
        look();
        void ended.then((how) => {
          reject(new Error(`It ended (${how}) without "${text}":\n${output}`));
        });
      }),
  };
}

/** The processes that a start has registered in its data folder, by name. */
export function registeredProcesses(data: string): ReadonlyMap<string, ProcessIdentity> {
  const path = join(data, 'processes.json');
  if (!existsSync(path)) return new Map();
  return new Map(JSON.parse(readFileSync(path, 'utf8')) as [string, ProcessIdentity][]);
}

export function livingAmong(processes: ReadonlyMap<string, ProcessIdentity>): string[] {
  return [...processes].filter(([, identity]) => isAlive(identity)).map(([name]) => name);
}
