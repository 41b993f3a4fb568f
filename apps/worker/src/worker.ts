/**
 * A worker: consumers of the two queues over one engine, its leases and its heartbeat. The loop that owns
 * the consumers never simulates. Stopping takes no further job, tells running ranges to stop, gives their leases
 * back, and only then closes what they used.
 */
import { shardJobSchema, shrinkJobSchema } from '@lastref/contracts';
import { createConsumer, type Consumer } from '@lastref/queue';
import {
  type Database,
  type Failpoints,
  type NewWorker,
  registerWorker,
  renewAudits,
  renewLeases,
  stopWorker,
} from '@lastref/storage';
import type { Tracing } from '@lastref/tracing';
import type { Logger } from 'pino';
import { ExploreHandler } from './explore/explore-handler.js';
import { Occupancy } from './explore/occupancy.js';
import { LeaseKeeper } from './leases/lease-keeper.js';
import { BEAT_MS, EXTRA_THREADS, JOBS_PER_THREAD } from './limits.js';
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
  failpoints: Failpoints;
  logger: Logger;
  tracing: Tracing;
}

export class Worker {
  /** For whoever judges whether it is stuck. */
  readonly activity = new Activity();
  private readonly leases: LeaseKeeper;
  private readonly auditLeases: LeaseKeeper;
  private readonly consumers: readonly Consumer[];
  private beat: NodeJS.Timeout | undefined;

  constructor(private readonly options: WorkerOptions) {
    const { identity, db, redis, engine, leaseMs, audited, failpoints, logger, tracing } = options;
    const onError = (error: unknown): void => {
      logger.warn({ err: error }, 'queue or database is out of reach');
    };
    const programs = new Programs(db);
    const occupancy = new Occupancy();
    const worker = identity.id;
    this.leases = new LeaseKeeper(
      (held) => renewLeases(db, worker, held, leaseMs),
      leaseMs,
      onError,
    );
    this.auditLeases = new LeaseKeeper(
      (held) => renewAudits(db, worker, held, leaseMs),
      leaseMs,
      onError,
    );
    const { leases, auditLeases, activity } = this;
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
    this.leases.start();
    this.auditLeases.start();
    for (const consumer of this.consumers) consumer.start();
  }

  async stop(): Promise<void> {
    const { db, identity, engine } = this.options;
    clearInterval(this.beat);
    const closed = this.consumers.map((consumer) => consumer.close());
    this.leases.cancelAll();
    this.auditLeases.cancelAll();
    await engine.close();
    await Promise.all(closed);
    this.leases.stop();
    this.auditLeases.stop();
    await stopWorker(db, identity.id);
  }
}
