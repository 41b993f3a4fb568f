/**
 * A Redis for one spec alone, which it may flush or kill. It goes away with `stop`, or with the test process.
 */
import { sendSignal } from '../../tools/processes/identity.mjs';
import { startKeeper } from './keeper.mjs';
import { makeTempFolder } from './temp-folder.mjs';
import { throwawayRedis } from './throwaway.mjs';

export interface OwnRedis {
  readonly url: string;
  /** SIGKILL: what a crash of the server looks like. */
  readonly kill: () => void;
  /** It stops and closes nothing; `thaw` lets it go on. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  readonly stop: () => Promise<void>;
}

export async function startOwnRedis(): Promise<OwnRedis> {
  const keeper = startKeeper();
  try {
    const folder = makeTempFolder('redis');
    keeper.folder(folder);
    const { url, identity } = await throwawayRedis(folder, keeper);
    return {
      url,
      kill: () => {
        sendSignal(identity, 'SIGKILL');
      },
      freeze: () => {
        sendSignal(identity, 'SIGSTOP');
      },
      thaw: () => {
        sendSignal(identity, 'SIGCONT');
      },
      stop: () => {
        sendSignal(identity, 'SIGCONT');
        return keeper.close();
      },
    };
  } catch (error) {
    await keeper.close();
    throw error;
  }
}
