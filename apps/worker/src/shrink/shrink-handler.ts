/**
 * From a wake-up to a stored reproduction, starting from a kept failure. A refusal of the engine is final and stored with its message; a
 * thread that fails is reported, and the third time the shrink is given up; so it is when its workers have ended too often.
 */
import type { ShrinkJob } from '@lastref/contracts';
import {
  beginShrink,
  type Database,
  failShrink,
  findShrinkStart,
  leaveShrink,
  storeReproduction,
  type WantedShrink,
} from '@lastref/storage';
import type { Logger } from 'pino';
import type { Occupancy } from '../explore/occupancy.js';
import type { Programs } from '../programs.js';
import type { Activity } from '../stall/activity.js';
import type { Engine } from '../threads/engine.js';

export interface ShrinkParts {
  db: Database;
  engine: Engine;
  programs: Programs;
  occupancy: Occupancy;
  logger: Logger;
  activity: Activity;
}

export class ShrinkHandler {
  constructor(private readonly parts: ShrinkParts) {}

  handle(job: ShrinkJob): Promise<void> {
    const { db, occupancy, activity } = this.parts;
    return occupancy.beside(async () => {
      const wanted = await beginShrink(db, job.outbox);
      activity.started();
      if (wanted === null) return;
      try {
        await this.shrink(job.outbox, wanted);
      } catch (error) {
        await leaveShrink(db, job.outbox).catch(() => undefined);
        throw error;
      }
    });
  }

  private async shrink(outbox: number, { program, signature }: WantedShrink): Promise<void> {
    const { db, engine, programs, logger, activity } = this.parts;
    const bytes = await programs.get(program);
    const start = await findShrinkStart(db, outbox);
    const order = { kind: 'shrink', program: bytes, signature, start } as const;
    const answer = await activity.during(engine.shrink(order));
    switch (answer.kind) {
      case 'shrunk':
        await storeReproduction(db, { outbox, ...answer.bug });
        return;
      case 'refused':
      case 'failed':
        logger.warn({ outbox, signature, message: answer.message }, 'a shrink failed');
        await failShrink(db, outbox, answer.message, answer.kind === 'refused');
        return;
      case 'cancelled':
        throw new Error('the worker stops; the shrink comes again');
      case 'explored':
      case 'proved':
      case 'ordered':
        throw new Error(`a shrink was answered with ${answer.kind}`);
    }
  }
}
