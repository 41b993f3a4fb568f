/**
 * A worker: consumers of its queues over one engine, its leases and its heartbeat. The loop that owns
 * the consumers never simulates. Stopping takes no further job, tells running ranges to stop, gives their leases
 * back, and only then closes what they used.
 */
import { operationJobSchema, shardJobSchema, shrinkJobSchema } from '@lastref/contracts';
import { createConsumer, type Consumer } from '@lastref/queue';
import {
  type Database,
  type Failpoints,
  type NewWorker,
  registerWorker,
  stopWorker,
} from '@lastref/storage';
import type { Tracing } from '@lastref/tracing';
import type { Logger } from 'pino';
import { ExploreHandler } from './explore/explore-handler.js';
import { Occupancy } from './explore/occupancy.js';
import { LeaseKeeper } from './leases/lease-keeper.js';
import { renewingAudits, renewingOperations, renewingShards } from './leases/renewals.js';
import { BEAT_MS, EXTRA_THREADS, JOBS_PER_THREAD, SEARCH_THREADS } from './limits.js';
import { OperationHandler } from './operations/operation-handler.js';
import { Programs } from './programs.js';
import { ShrinkHandler } from './shrink/shrink-handler.js';
import { Activity } from './stall/activity.js';
import type { Engine } from './threads/engine.js';

export interface WorkerOptions {
  identity: NewWorker;
  db: Database;
  redis: { url: string; prefix: string };
  engine: Engine;
  leaseMs: number;
  /** The share of all shards that is run again elsewhere, from 0 to 1. */
  audited: number;
  searchBytes: number;
  failpoints: Failpoints;
  logger: Logger;
  tracing: Tracing;
}

export class Worker {
  /** For whoever judges whether it is stuck. */
  readonly activity = new Activity();
  private readonly leases: readonly LeaseKeeper[];
  private readonly consumers: readonly Consumer[];
  private beat: NodeJS.Timeout | undefined;

  constructor(private readonly options: WorkerOptions) {
    const {
      identity,
      db,
      redis,
      engine,
      leaseMs,
      audited,
      searchBytes,
      failpoints,
      logger,
      tracing,
    } = options;
    const onError = (error: unknown): void => {
      logger.warn({ err: error }, 'queue or database is out of reach');
    };
    const programs = new Programs(db);
    const occupancy = new Occupancy();
    const worker = identity.id;
    const leases = new LeaseKeeper(renewingShards(db, worker, leaseMs), leaseMs, onError);
    const auditLeases = new LeaseKeeper(renewingAudits(db, worker, leaseMs), leaseMs, onError);
    const renewal = renewingOperations(db, worker, leaseMs);
    const operationLeases = new LeaseKeeper(renewal, leaseMs, onError);
    this.leases = [leases, auditLeases, operationLeases];
    const { activity } = this;
    const { semantics, threads } = identity;
    const lease = { worker, leaseMs, semantics, threads };
    const explore = new ExploreHandler({
      db,
      engine,
      leases,
      auditLeases,
      audited,
      programs,
      occupancy,
      failpoints,
      logger,
      tracing,
      activity,
      ...lease,
    });
    const shrink = new ShrinkHandler({ db, engine, programs, occupancy, logger, activity });
    const operations = new OperationHandler({
      db,
      engine,
      leases: operationLeases,
      programs,
      occupancy,
      activity,
      failpoints,
      logger,
      searchBytes,
      ...lease,
    });
    this.consumers = [
      createConsumer({
        queue: 'explore',
        schema: shardJobSchema,
        concurrency: threads * JOBS_PER_THREAD,
        handle: (job) => explore.handle(job),
        redis,
        onError,
      }),
      createConsumer({
        queue: 'shrink',
        schema: shrinkJobSchema,
        concurrency: EXTRA_THREADS,
        handle: (job) => shrink.handle(job),
        redis,
        onError,
      }),
      createConsumer({
        queue: 'prove',
        schema: operationJobSchema,
        concurrency: SEARCH_THREADS,
        handle: (job) => operations.handle(job),
        redis,
        onError,
      }),
    ];
  }

  async start(): Promise<void> {
    const { db, identity, logger } = this.options;
    await registerWorker(db, identity);
    this.beat = setInterval(() => {
      registerWorker(db, identity).catch((error: unknown) => {
        logger.warn({ err: error }, 'a heartbeat failed');
      });
    }, BEAT_MS);
    for (const leases of this.leases) leases.start();
    for (const consumer of this.consumers) consumer.start();
  }

  async stop(): Promise<void> {
    const { db, identity, engine } = this.options;
    clearInterval(this.beat);
    const closed = this.consumers.map((consumer) => consumer.close());
    for (const leases of this.leases) leases.cancelAll();
    await engine.close();
    await Promise.all(closed);
    for (const leases of this.leases) leases.stop();
    await stopWorker(db, identity.id);
  }
}
