/**
 * Answers every error with problem details: problems as they are, Nest's own refusals by their status,
 * a storage that does not answer as 503 with Retry-After, and everything else as 500 with nothing of
 * the error but the id under which it stands in the log.
 */
import { isTransient } from '@lastref/storage';
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Inject,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { LOGGER, requestId } from './logger.js';
import { Problem } from './problem.js';
import { RouteTable } from './route-table.js';

const RETRY_AFTER_SECONDS = '2';

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly routes: RouteTable,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = this.problemOf(error, request);
    const instance = requestId(request);
    if (problem.status >= 500) this.logger.error({ err: error, reqId: instance }, problem.detail);
    if (response.headersSent) {
      response.end();
      return;
    }
    response
      .status(problem.status)
      .set(problem.headers)
      .type('application/problem+json')
      .send(JSON.stringify(problem.details(instance)));
  }

  private problemOf(error: unknown, request: Request): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof HttpException) return this.ofStatus(error, request);
    if (isTransient(error)) {
      return new Problem('unavailable', 'the database does not answer; try again in a moment', {
        headers: { 'retry-after': RETRY_AFTER_SECONDS },
      });
    }
    return new Problem(
      'internal',
      'the service failed; the log has the details under this instance',
    );
  }

  /** What Nest and Express refuse by themselves: unknown routes, and malformed requests. */
  private ofStatus(error: HttpException, request: Request): Problem {
    const status = error.getStatus();
    if (status === 404) {
      const allowed = this.routes.methodsOf(request.path);
      if (allowed.length === 0) {
        return new Problem('not-found', `there is nothing at ${request.method} ${request.path}`);
      }
      return new Problem(
        'method-not-allowed',
        `${request.path} knows ${allowed.join(', ')}, not ${request.method}`,
        { headers: { allow: allowed.join(', ') } },
      );
    }
    if (status < 500) return new Problem('invalid-request', error.message);
    return new Problem(
      'internal',
      'the service failed; the log has the details under this instance',
    );
  }
}
