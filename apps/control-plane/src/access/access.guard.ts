/**
 * Lets a request pass if its caller has the scope its route needs. What stays open, a stream of events above all, is asked
 * again every sweep: when its token is revoked, has expired, or is needed since the first was made, the connection ends.
 */
import { Inject, Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Problem } from '../http/problem.js';
import { type Admission, Authenticator, mayDo } from './authenticator.service.js';
import { setCaller } from './caller.js';
import { findRoute, type FoundRoute } from './find-route.js';

const REALM = 'realm="lastref"';

@Injectable()
export class AccessGuard {
  constructor(
    private readonly authenticator: Authenticator,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  readonly handle = (request: Request, response: Response, next: NextFunction): void => {
    const route = findRoute(request.method, request.path);
    if (route.rule.scope === 'everyone') {
      next();
      return;
    }
    this.check(request, response, route).then(() => {
      next();
    }, next);
  };

  private async check(request: Request, response: Response, route: FoundRoute): Promise<void> {
    const admission = await this.authenticator.admit(request.headers.authorization);
    if (!admission.admitted) throw refusal(admission.reason, request.path);
    const { caller } = admission;
    setCaller(response, caller);
    if (!allows(admission, route)) {
      const { scope } = route.rule;
      throw new Problem('scope-insufficient', `${route.action} needs a token with scope ${scope}`, {
        headers: {
          'www-authenticate': `Bearer ${REALM}, error="insufficient_scope", scope="${scope}"`,
        },
      });
    }
    this.watch(request, response, route);
  }

  private watch(request: Request, response: Response, route: FoundRoute): void {
    const timer = setInterval(() => {
      this.authenticator.admit(request.headers.authorization).then(
        (admission) => {
          if (!allows(admission, route)) request.socket.destroy();
        },
        () => undefined, // the database is away: what it last said holds
      );
    }, this.config.sweepMs);
    timer.unref();
    response.once('close', () => {
      clearInterval(timer);
    });
  }
}

function allows(admission: Admission, { rule }: FoundRoute): boolean {
  if (!admission.admitted) return false;
  return rule.scope === 'everyone' || mayDo(admission.caller, rule.scope);
}

/** A page is asked for by a browser, which knows Basic and asks its user; the API is not, so that no page's script makes it ask. */
function refusal(reason: 'token-required' | 'token-invalid', path: string): Problem {
  const error = reason === 'token-invalid' ? ', error="invalid_token"' : '';
  const basic = path.startsWith('/api/') ? '' : `, Basic ${REALM}, charset="UTF-8"`;
  const detail =
    reason === 'token-required'
      ? 'send the header Authorization: Bearer <token>; the command line takes $LASTREF_TOKEN or --token-file'
      : 'it is mistyped, has expired or was revoked';
  return new Problem(reason, detail, {
    headers: { 'www-authenticate': `Bearer ${REALM}${error}${basic}` },
  });
}
