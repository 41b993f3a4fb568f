/** Asks the database whether it is there, and for the counters of the running work. */
import type { Progress } from '@lastref/contracts';
import { countLiveWorkers, type Database, readProgress } from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { DATABASE } from '../storage/storage.module.js';
import { movementOf } from './movement.js';

@Injectable()
export class HealthService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async askDatabase(): Promise<void> {
    await this.database.query('SELECT 1 AS one');
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
