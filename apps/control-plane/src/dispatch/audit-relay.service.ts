/** Announces the shards that are to be run again elsewhere: few at a time, behind everything that runs for the first time. */
import { ANNOUNCED_AUDITS } from '@lastref/queue';
import { announceAudits, countLiveWorkers, type Database } from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { DATABASE } from '../storage/storage.module.js';
import { DISPATCH_QUEUES, type DispatchQueues } from './queues.js';

@Injectable()
export class AuditRelay {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(DISPATCH_QUEUES) private readonly queues: DispatchQueues,
  ) {}

  async relay(): Promise<void> {
    const { semantics } = await countLiveWorkers(this.database);
    if (semantics.length === 0) return;
    const jobs = await announceAudits(this.database, ANNOUNCED_AUDITS, semantics);
    if (jobs.length > 0) await this.queues.audits.send(jobs);
  }
}
