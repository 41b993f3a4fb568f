/**
 * A migrated PostgreSQL for one spec alone, which it may restart or kill. It goes away with `stop`, or with the test
 * process.
 */
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
      stop: () => keeper.close(),
    };
  } catch (error) {
    await keeper.close();
    throw error;
  }
}
