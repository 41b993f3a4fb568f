/**
 * Sends operations that wait: those a person asked for first, those of the background when no campaign runs. Only what a live
 * worker can run is sent, and only to a worker: without one nothing is.
 */
import { countLiveWorkers, type Database, type Failpoints, takeOperations } from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { DATABASE } from '../storage/storage.module.js';
import { DISPATCH_FAILPOINTS } from './failpoints.js';
import { DISPATCH_QUEUES, type DispatchQueues } from './queues.js';

const SENT_AT_ONCE = 100;

@Injectable()
export class OperationRelay {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(DISPATCH_QUEUES) private readonly queues: DispatchQueues,
    @Inject(DISPATCH_FAILPOINTS) private readonly failpoints: Failpoints,
  ) {}

  async relay(): Promise<void> {
    const { semantics } = await countLiveWorkers(this.database);
    if (semantics.length === 0) return;
    const jobs = await takeOperations(this.database, SENT_AT_ONCE, semantics);
    if (jobs.length === 0) return;
    this.failpoints.crash('feeder-before-add');
    await this.queues.operations.send(jobs);
  }
}
