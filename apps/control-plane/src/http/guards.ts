/**
 * What every request passes before anything reads it. The service has no tokens yet and listens on
 * loopback only, so the one stranger is a web page open in a browser on the same machine:
 * - its name may be rebound to 127.0.0.1, but then the Host header still carries that name: only
 *   loopback names are answered;
 * - it may post forms and text across origins without asking: methods that change something need
 *   application/json, which a browser sends across origins only after a preflight that fails here,
 *   and an Origin header, where one is sent, must be this server's own.
 */
import type { NextFunction, Request, Response } from 'express';
import { Problem } from './problem.js';

const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?$/i;
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

export function guardHost(request: Request, _response: Response, next: NextFunction): void {
  const host = request.headers.host ?? '';
  if (LOOPBACK_HOST.test(host)) {
    next();
    return;
  }
  next(
    new Problem(
      'host-not-allowed',
      'this service answers only under 127.0.0.1, localhost and [::1]; use one of these in the URL',
    ),
  );
}

export function guardOrigin(request: Request, _response: Response, next: NextFunction): void {
  const { origin, host } = request.headers;
  if (SAFE_METHODS.has(request.method) || origin === undefined || isOwn(origin, host)) {
    next();
    return;
  }
  next(new Problem('origin-not-allowed', 'a page of another origin may not change anything here'));
}

export function guardContentType(request: Request, _response: Response, next: NextFunction): void {
  if (SAFE_METHODS.has(request.method) || isJson(request)) {
    next();
    return;
  }
  next(
    new Problem(
      'unsupported-media-type',
      `${request.method} needs the header content-type: application/json (UTF-8, not compressed)`,
    ),
  );
}

function isOwn(origin: string, host: string | undefined): boolean {
  return host !== undefined && origin.toLowerCase() === `http://${host.toLowerCase()}`;
}

function isJson(request: Request): boolean {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  return encoding === 'identity' && JSON_TYPE.test(request.headers['content-type'] ?? '');
}
