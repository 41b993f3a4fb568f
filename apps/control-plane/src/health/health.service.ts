/**
 * Asks the database and the queue whether they are there, and for the counters of the running work. A server that hangs is
 * answered about as soon as one that is away.
 */
import type { Progress } from '@lastref/contracts';
import { countLiveWorkers, type Database, readProgress } from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { DISPATCH_QUEUES, type DispatchQueues } from '../dispatch/queues.js';
import { Problem } from '../http/problem.js';
import { DATABASE } from '../storage/storage.module.js';
import { movementOf } from './movement.js';
import { Probe } from './probe.js';

/** Less than whoever probes waits: npm start, a load balancer, a person. */
const PROBE_MS = 1_500;
const RETRY_AFTER_SECONDS = '2';

@Injectable()
export class HealthService {
  private readonly servers: readonly { name: string; probe: Probe }[];

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(DISPATCH_QUEUES) queues: DispatchQueues,
  ) {
    this.servers = [
      { name: 'the database', probe: new Probe(() => database.query('SELECT 1 AS one')) },
      { name: 'the queue', probe: new Probe(() => queues.shards.ping()) },
    ];
  }

  /** Throws unless both answer, and names those that do not. */
  async askServers(): Promise<void> {
    const asked = this.servers.map(async ({ name, probe }) =>
      (await probe.answers(PROBE_MS)) ? [] : [name],
    );
    const silent = (await Promise.all(asked)).flat();
    if (silent.length === 0) return;
    const them = silent.join(' and ');
    throw new Problem('unavailable', `no answer from ${them}; try again in a moment`, {
      headers: { 'retry-after': RETRY_AFTER_SECONDS },
    });
  }

  async progress(): Promise<Progress> {
    const [alive, progress] = await Promise.all([
      countLiveWorkers(this.database),
      readProgress(this.database),
    ]);
    const { liveLeases, ...counts } = progress;
    const workersAlive = alive.workers;
    const movement = movementOf({ workersAlive, liveLeases, ...counts });
    return { workersAlive, threadsAlive: alive.slots, ...counts, movement };
  }
}
