/** What `npm run chaos` does, with fixed small numbers and short leases: a thousand small shards over five systems. */
import { rmSync } from 'node:fs';
import { SHIPPED } from '../../tools/chaos/limits.mjs';
import { isSound, lines } from '../../tools/chaos/report.mjs';
import { runChaos } from '../../tools/chaos/run.mjs';
import { startKeeper } from '../support/keeper.mjs';
import { makeTempFolder } from '../support/temp-folder.mjs';

const LIMIT_MS = 240_000;

it(
  'a campaign over all systems is counted once, whatever is killed, and has the ledger of hunt',
  async () => {
    const keeper = startKeeper();
    const folder = makeTempFolder('chaos');
    keeper.folder(folder);
    const said: string[] = [];
    try {
      const report = await runChaos({
        ...SHIPPED,
        shardSize: 256,
        shardsPerProgram: 200,
        leaseMs: 2_000,
        progressMs: 1,
        environment: {
          LASTREF_SWEEP_MS: '200',
          LASTREF_REQUEUE_MS: '1000',
          LASTREF_LOG_LEVEL: 'warn',
        },
        faults: [
          'worker',
          'stop',
          'control-plane',
          'worker',
          'flush',
          'cut',
          'worker',
          'redis',
          'postgres',
          'worker',
        ],
        forMs: 15_000,
        folder,
        keeper,
        say: (line) => said.push(line),
        signal: new AbortController().signal,
      });
      expect([isSound(report), lines(report), said]).toEqual([true, lines(report), said]);
      expect(report.attempts.died).toBeGreaterThanOrEqual(4);
      expect(report.ended[0]).toMatchObject({ state: 'done', shards: 1_000, results: 1_000 });
    } finally {
      await keeper.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  LIMIT_MS,
);
