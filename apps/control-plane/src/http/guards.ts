/**
 * What every request passes before anything reads it, because of web pages that are open in a browser of somebody who may use
 * this service:
 * - the name of such a page may be rebound to this address, but then the Host header still carries that name: only the names
 *   of loopback and those of the configuration are answered;
 * - it may post forms and text across origins without asking: methods that change something need
 *   application/json, which a browser sends across origins only after a preflight that fails here,
 *   and an Origin header, where one is sent, must be this server's own.
 * What a proxy says of host and protocol counts only if the configuration trusts it; Express sees to that.
 */
import type { NextFunction, Request, Response } from 'express';
import type { Config } from '../config/config.js';
import { Problem } from './problem.js';

const HOST = /^([a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?$/i;
const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

type Guard = (request: Request, response: Response, next: NextFunction) => void;

export function guardHost({ allowedHosts }: Pick<Config, 'allowedHosts'>): Guard {
  const answered = new Set([...LOOPBACK_HOSTS, ...allowedHosts]);
  const names = [...answered].join(', ');
  return (request, _response, next) => {
    const [, name = ''] = HOST.exec(hostOf(request)) ?? [];
    if (answered.has(name.toLowerCase())) {
      next();
      return;
    }
    next(
      new Problem(
        'host-not-allowed',
        `this service answers only under ${names}; use one of these in the URL, or see LASTREF_ALLOWED_HOSTS`,
      ),
    );
  };
}

export function guardOrigin({ publicUrl }: Pick<Config, 'publicUrl'>): Guard {
  return (request, _response, next) => {
    const origin = request.headers.origin?.toLowerCase();
    const own = `${request.protocol}://${hostOf(request).toLowerCase()}`;
    if (SAFE_METHODS.has(request.method) || [undefined, own, publicUrl].includes(origin)) {
      next();
      return;
    }
    next(
      new Problem('origin-not-allowed', 'a page of another origin may not change anything here'),
    );
  };
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

/** As Express sees it: what a trusted proxy says, else the Host header. */
function hostOf(request: Request): string {
  const { host } = request as { host: string | undefined };
  return host ?? '';
}

function isJson(request: Request): boolean {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  return encoding === 'identity' && JSON_TYPE.test(request.headers['content-type'] ?? '');
}
