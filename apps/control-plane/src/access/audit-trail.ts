/**
 * Writes an entry for every call that may change something, before it is carried out: where none can be written, nothing is
 * done. The outcome is added when the answer has been sent.
 */
import { beginAudit, type Database, endAudit } from '@lastref/storage';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { LOGGER, requestId } from '../http/logger.js';
import { shorten } from '../http/shown.js';
import { DATABASE } from '../storage/storage.module.js';
import { callerOf, originOf } from './caller.js';
import { findRoute } from './find-route.js';
import { LONGEST_SUBJECT } from './limits.js';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

@Injectable()
export class AuditTrail implements BeforeApplicationShutdown {
  private readonly ending = new Set<Promise<void>>();

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  readonly handle = (request: Request, response: Response, next: NextFunction): void => {
    if (SAFE_METHODS.has(request.method)) {
      next();
      return;
    }
    this.begin(request, response).then(() => {
      next();
    }, next);
  };

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.ending);
  }

  private async begin(request: Request, response: Response): Promise<void> {
    const caller = callerOf(response);
    const id = await beginAudit(this.database, {
      actor: caller?.name ?? 'anyone',
      origin: originOf(request, caller),
      address: request.ip ?? 'unknown',
      action: shorten(findRoute(request.method, request.path).action, LONGEST_SUBJECT),
      subject: shorten(request.path, LONGEST_SUBJECT),
      request: requestId(request),
    });
    response.once('finish', () => {
      const ended = this.end(id, response).finally(() => this.ending.delete(ended));
      this.ending.add(ended);
    });
  }

  private async end(id: number, response: Response): Promise<void> {
    const location = response.getHeader('location');
    const result = typeof location === 'string' ? shorten(location, LONGEST_SUBJECT) : null;
    try {
      await endAudit(this.database, id, { status: response.statusCode, result });
    } catch (error) {
      this.logger.warn({ err: error, audit: id }, 'the outcome of a call was not noted');
    }
  }
}
