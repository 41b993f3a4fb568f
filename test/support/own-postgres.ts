/**
 * A migrated PostgreSQL for one spec alone, which it may restart or kill. It goes away with `stop`, or with the test
 * process.
 */
import { execFileSync } from 'node:child_process';
import { sendSignal } from '../../tools/processes/identity.mjs';
import { startPostgres, stopPostgres } from '../../tools/servers/postgres.mjs';
import { startKeeper } from './keeper.mjs';
import { migrate } from './migrate.mjs';
import { makeTempFolder } from './temp-folder.mjs';
import { throwawayPostgresOptions } from './throwaway.mjs';

export interface OwnPostgres {
  readonly url: string;
  /** Ends every session and comes back on the same port with the same data. */
  readonly restart: () => Promise<void>;
  /** SIGKILL: what a crash of the server looks like. `restart` brings it back. */
  readonly kill: () => void;
  /** Every process of it stops, and nothing is closed: a disk that hangs. `thaw` lets them go on. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  readonly stop: () => Promise<void>;
}

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const keeper = startKeeper();
  try {
    const folder = makeTempFolder('postgres');
    keeper.folder(folder);
    const options = await throwawayPostgresOptions(folder, keeper);
    let running = await startPostgres(options);
    await migrate(running.url);
    return {
      url: running.url,
      restart: async () => {
        await stopPostgres(running.identity);
        running = await startPostgres(options);
      },
      kill: () => {
        sendSignal(running.identity, 'SIGKILL');
      },
      freeze: () => {
        signalAll(running.identity.pid, 'SIGSTOP');
      },
      thaw: () => {
        signalAll(running.identity.pid, 'SIGCONT');
      },
      stop: () => {
        signalAll(running.identity.pid, 'SIGCONT');
        return keeper.close();
      },
    };
  } catch (error) {
    await keeper.close();
    throw error;
  }
}

/** The postmaster first: it would start again what it misses. */
function signalAll(postmaster: number, signal: NodeJS.Signals): void {
  for (const pid of [postmaster, ...childrenOf(postmaster)]) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}

function childrenOf(parent: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [pid, ppid] = line.trim().split(/\s+/).map(Number);
    return pid !== undefined && ppid === parent ? [pid] : [];
  });
}
