/**
 * The log: one JSON line per event on standard output, by pino. Headers that may carry secrets are
 * redacted by name; passwords inside connection URLs are cut out of every text, since drivers like to
 * quote the URL in their messages. `NestLog` hands Nest's own lines to the same logger.
 */
import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@nestjs/common';
import { type Logger, pino, stdSerializers } from 'pino';
import { type HttpLogger, pinoHttp, type ReqId } from 'pino-http';

export const LOGGER = Symbol('Logger');

const SECRET_HEADERS = [
  'authorization',
  'cookie',
  'proxy-authorization',
  'x-access-token',
  'x-api-key',
  'x-auth-token',
];
/** Up to the last @ before a space, since a password may hold anything. */
const URL_PASSWORD = /(\b[a-z][a-z+.-]*:\/\/[^\s:/@]*):[^\s/]*@/gi;
const SECRET_PARAMETER =
  /([?&][^=&#\s]*(?:token|secret|passw|key|auth|signature)[^=&#\s]*=)[^&#\s]+/gi;
const ACCESS_TOKENS = /\blrt_[A-Za-z0-9_-]{43}/g;

export function withoutPasswords(text: string): string {
  return text
    .replace(URL_PASSWORD, '$1:[redacted]@')
    .replace(SECRET_PARAMETER, '$1[redacted]')
    .replace(ACCESS_TOKENS, 'lrt_[redacted]');
}

export function createLogger(level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: { service: 'control-plane' },
    redact: {
      paths: SECRET_HEADERS.map((name) => `req.headers["${name}"]`),
      censor: '[redacted]',
    },
    serializers: { err: (error: Error) => redactError(error) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function redactError(error: Error): Record<string, unknown> {
  const { type, message, stack } = stdSerializers.err(error);
  return { type, message: withoutPasswords(message), stack: withoutPasswords(stack) };
}

/** Logs each request when it is answered; the id stands in problem details as `instance`. */
export function requestLog(logger: Logger): HttpLogger {
  return pinoHttp({
    logger,
    genReqId: () => randomUUID(),
    customLogLevel: (_request, response, error) => {
      if (error !== undefined || response.statusCode >= 500) return 'error';
      return response.statusCode >= 400 ? 'info' : 'debug';
    },
    serializers: {
      req: (request: { id: unknown; method: unknown; url: unknown; headers: unknown }) => ({
        id: request.id,
        method: request.method,
        url: typeof request.url === 'string' ? withoutPasswords(request.url) : request.url,
        headers: request.headers,
      }),
      res: (response: { statusCode: unknown }) => ({ statusCode: response.statusCode }),
    },
  });
}

/** The id under which a request stands in the log. */
export function requestId(request: { id: ReqId }): string {
  return typeof request.id === 'string' ? request.id : JSON.stringify(request.id);
}

export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(fields(rest), text(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn(fields(rest), text(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error(fields(rest), text(message));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.logger.fatal(fields(rest), text(message));
  }
}

function text(message: unknown): string {
  if (message instanceof Error) return withoutPasswords(message.stack ?? message.message);
  return withoutPasswords(typeof message === 'string' ? message : JSON.stringify(message));
}

/** Nest passes a stack and a context as further arguments. */
function fields(rest: unknown[]): Record<string, unknown> {
  const texts = rest.filter((value) => typeof value === 'string').map(withoutPasswords);
  return texts.length === 0 ? {} : { context: texts };
}
