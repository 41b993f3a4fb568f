/**
 * Response headers by helmet. The pages have no script and no inline style, so their policy allows
 * neither; only the API's description at /docs, which is Swagger's own page, may run its scripts from
 * this server and use inline styles.
 */
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';

const NOTHING = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

const shared = {
  crossOriginEmbedderPolicy: false,
  // Plain HTTP on loopback: a promise of HTTPS would only break other servers on this name.
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'no-referrer' as const },
};

const pages = helmet({
  ...shared,
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { ...NOTHING, styleSrc: ["'self'"] },
  },
});

const docs = helmet({
  ...shared,
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      ...NOTHING,
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
    },
  },
});

export function securityHeaders(request: Request, response: Response, next: NextFunction): void {
  const chosen = /^\/docs(?:[/-]|$)/.test(request.path) ? docs : pages;
  chosen(request, response, next);
}
