/**
 * From a wake-up to a stored reproduction, starting from a kept failure. A refusal of the engine is final and stored with its message; a
 * thread that fails is reported, and the third time the shrink is given up.
 */
import type { ShrinkJob } from '@lastref/contracts';
import {
  type Database,
  failShrink,
  findShrinkStart,
  isShrinkOpen,
  storeReproduction,
} from '@lastref/storage';
import type { Logger } from 'pino';
import type { Programs } from '../programs.js';
import type { Engine } from '../threads/engine.js';

export class ShrinkHandler {
  constructor(
    private readonly db: Database,
    private readonly engine: Engine,
    private readonly programs: Programs,
    private readonly logger: Logger,
  ) {}

  async handle({ outbox, program, signature }: ShrinkJob): Promise<void> {
    if (!(await isShrinkOpen(this.db, outbox))) return;
    const bytes = await this.programs.get(program);
    const start = await findShrinkStart(this.db, outbox);
    const answer = await this.engine.shrink({ kind: 'shrink', program: bytes, signature, start });
    switch (answer.kind) {
      case 'shrunk':
        await storeReproduction(this.db, { outbox, ...answer.bug });
        return;
      case 'refused':
      case 'failed':
        this.logger.warn({ outbox, signature, message: answer.message }, 'a shrink failed');
        await failShrink(this.db, outbox, answer.message, answer.kind === 'refused');
        return;
      case 'cancelled':
        throw new Error('the worker stops; the shrink comes again');
      case 'explored':
        throw new Error('a shrink was answered with a range');
    }
  }
}
