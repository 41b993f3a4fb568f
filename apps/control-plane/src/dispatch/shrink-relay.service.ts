/** Sends what completions have left in the outbox: a shrink for every bug met on a program for the first time. */
import { type Database, takeShrinks } from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { DATABASE } from '../storage/storage.module.js';
import { DISPATCH_QUEUES, type DispatchQueues } from './queues.js';

const SENT_AT_ONCE = 100;

@Injectable()
export class ShrinkRelay {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(DISPATCH_QUEUES) private readonly queues: DispatchQueues,
  ) {}

  async relay(): Promise<void> {
    const jobs = await takeShrinks(this.database, SENT_AT_ONCE);
    if (jobs.length > 0) await this.queues.shrinks.send(jobs);
  }
}
