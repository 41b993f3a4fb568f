/**
 * From a wake-up to the stored result of an operation: claim, search, complete. The job is acknowledged whatever the domain
 * says (somebody else has it, it was cancelled, the thread failed and that was recorded); only a failure of the
 * infrastructure is thrown, and the job comes again. A run after one that failed gets half of the memory: a thread that died
 * of it would die again.
 */
import type { OperationJob } from '@lastref/contracts';
import {
  claimOperation,
  type ClaimedOperation,
  completeOperation,
  type Database,
  type Failpoints,
  failOperation,
  isTransient,
  releaseOperation,
} from '@lastref/storage';
import type { Logger } from 'pino';
import type { Occupancy } from '../explore/occupancy.js';
import type { LeaseKeeper } from '../leases/lease-keeper.js';
import { SEARCH_SHARE } from '../limits.js';
import type { Programs } from '../programs.js';
import type { Activity } from '../stall/activity.js';
import { Control } from '../threads/control.js';
import type { Engine } from '../threads/engine.js';
import type { Answer } from '../threads/messages.js';
import { orderOf } from './order-of.js';

export interface OperationParts {
  db: Database;
  engine: Engine;
  leases: LeaseKeeper;
  programs: Programs;
  occupancy: Occupancy;
  activity: Activity;
  failpoints: Failpoints;
  logger: Logger;
  worker: string;
  leaseMs: number;
  semantics: readonly number[];
  /** Of all searches of this process. */
  searchBytes: number;
}

export class OperationHandler {
  constructor(private readonly parts: OperationParts) {}

  handle({ operation, alone }: OperationJob): Promise<void> {
    const { occupancy } = this.parts;
    const work = (): Promise<void> => this.claimAndRun(operation, alone);
    return alone ? occupancy.alone(work) : occupancy.beside(work);
  }

  private async claimAndRun(operation: number, alone: boolean): Promise<void> {
    const { db, leases, failpoints, worker, leaseMs, semantics } = this.parts;
    const claim = await claimOperation(db, { operation, worker, leaseMs, semantics, alone });
    this.parts.activity.started();
    if (claim === null) return;
    failpoints.crash('worker-after-claim');
    const control = new Control();
    const lease = { id: operation, epoch: claim.epoch };
    leases.hold(lease, control);
    try {
      await this.settle(claim, await this.run(claim, control), control.done);
    } catch (error) {
      await this.giveUp(claim, error);
    } finally {
      leases.drop(lease);
    }
  }

  private async run(claim: ClaimedOperation, control: Control): Promise<Answer> {
    const { activity, engine, programs, searchBytes } = this.parts;
    const program = await programs.get(claim.program);
    const maxBytes = Math.floor(searchBytes / SEARCH_SHARE / 2 ** claim.failures);
    const order = orderOf(claim.work, { program, maxBytes, control: control.memory });
    return activity.during(engine.search(order));
  }

  private async settle(claim: ClaimedOperation, answer: Answer, progress: number): Promise<void> {
    const { db, worker } = this.parts;
    switch (answer.kind) {
      case 'proved':
        return this.complete(claim, progress, answer.search, answer.search);
      case 'ordered':
        return this.complete(claim, progress, answer.orders);
      case 'shrunk': {
        const certificate: unknown = JSON.parse(answer.bug.certificate);
        return this.complete(claim, progress, { ...answer.bug, certificate });
      }
      case 'cancelled':
        await releaseOperation(db, worker, claim);
        return;
      case 'refused':
      case 'failed':
        await this.fail(claim, answer.message, answer.kind === 'refused');
        return;
      case 'explored':
        throw new Error('an operation was answered with a range');
    }
  }

  private async complete(
    { operation, epoch }: ClaimedOperation,
    progress: number,
    answer: object,
    search?: Parameters<typeof completeOperation>[1]['search'],
  ): Promise<void> {
    const { db, failpoints, logger } = this.parts;
    const completion = { operation, result: JSON.stringify(answer), progress, search };
    const outcome = await completeOperation(db, completion, failpoints);
    failpoints.crash('worker-after-commit');
    if (outcome === 'incident') {
      logger.error({ operation, epoch }, 'two results of an operation differ');
    }
  }

  /** A database that is away is no fault of the operation: its lease is given back if it can be. */
  private async giveUp(claim: ClaimedOperation, error: unknown): Promise<void> {
    const { db, worker } = this.parts;
    if (isTransient(error)) {
      await releaseOperation(db, worker, claim).catch(() => undefined);
      throw error;
    }
    await this.fail(claim, error instanceof Error ? error.message : String(error), false);
  }

  private async fail(claim: ClaimedOperation, message: string, final: boolean): Promise<void> {
    const { db, worker, logger } = this.parts;
    const state = await failOperation(db, worker, claim, message, final);
    logger.warn({ operation: claim.operation, state, message }, 'a run of an operation failed');
  }
}
