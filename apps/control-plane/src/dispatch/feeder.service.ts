/**
 * Keeps the queue fed: carves shards by least virtual time until enough are ready for the threads alive,
 * marks them queued, and only then adds their jobs. Without a worker alive nothing is carved. A process that dies in between leaves rows queued without a
 * job, which the reconciler gives back: nothing is lost and nothing counted twice.
 */
import {
  announceShards,
  countLiveWorkers,
  countRunningCampaigns,
  type Database,
  type Failpoints,
  feedShards,
} from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { DATABASE } from '../storage/storage.module.js';
import { DISPATCH_FAILPOINTS } from './failpoints.js';
import { Pace } from './pace.js';
import { DISPATCH_QUEUES, type DispatchQueues } from './queues.js';

@Injectable()
export class Feeder {
  private readonly pace = new Pace();

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(DISPATCH_QUEUES) private readonly queues: DispatchQueues,
    @Inject(DISPATCH_FAILPOINTS) private readonly failpoints: Failpoints,
  ) {}

  async feed(): Promise<void> {
    if ((await countRunningCampaigns(this.database)) === 0) return;
    const { slots, semantics } = await countLiveWorkers(this.database);
    const target = this.pace.target(slots);
    const fed = await feedShards(this.database, target, semantics);
    if (fed !== null) this.pace.observe(fed, target);
    const jobs = await announceShards(this.database, target, semantics);
    if (jobs.length === 0) return;
    this.failpoints.crash('feeder-before-add');
    await this.queues.shards.send(jobs);
  }
}
