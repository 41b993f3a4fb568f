/**
 * How much one origin may ask for: so many calls of a kind in a minute, counted by each control plane for itself, and so many
 * things made in a day, counted by all of them from the audit trail. An origin is a token, or an address where there is none.
 * 0 in the configuration is no limit.
 */
import { type Database, madeToday } from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Problem } from '../http/problem.js';
import { DATABASE } from '../storage/storage.module.js';
import { callerOf, originOf } from './caller.js';
import { findRoute } from './find-route.js';
import { MINUTE_SECONDS, QUOTA_RETRY_SECONDS } from './limits.js';
import type { LimitedKind } from './route-scopes.js';

@Injectable()
export class RateLimits {
  private readonly limiters: ReadonlyMap<LimitedKind, RateLimiterMemory>;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(DATABASE) private readonly database: Database,
  ) {
    const { perMinute } = config;
    const kinds = ['programs', 'campaigns', 'replays', 'operations'] as const;
    this.limiters = new Map(
      kinds.flatMap((kind) => {
        const points = perMinute[kind];
        if (points === 0) return [];
        return [[kind, new RateLimiterMemory({ points, duration: MINUTE_SECONDS })] as const];
      }),
    );
  }

  readonly handle = (request: Request, response: Response, next: NextFunction): void => {
    const { action, rule } = findRoute(request.method, request.path);
    if (rule.limit === undefined) {
      next();
      return;
    }
    const origin = originOf(request, callerOf(response));
    this.count(rule.limit, action, origin).then(() => {
      next();
    }, next);
  };

  private async count(kind: LimitedKind, action: string, origin: string): Promise<void> {
    await this.countMinute(kind, origin);
    const most = kind === 'programs' || kind === 'campaigns' ? this.config.perDay[kind] : 0;
    if (most === 0) return;
    if ((await madeToday(this.database, { origin, action, most })) < most) return;
    throw refusal(`${most} ${kind} a day`, origin, QUOTA_RETRY_SECONDS);
  }

  private async countMinute(kind: LimitedKind, origin: string): Promise<void> {
    try {
      await this.limiters.get(kind)?.consume(origin);
    } catch (full) {
      if (!(full instanceof RateLimiterRes)) throw full;
      const seconds = Math.max(1, Math.ceil(full.msBeforeNext / 1_000));
      throw refusal(
        `${this.config.perMinute[kind]} requests about ${kind} a minute`,
        origin,
        seconds,
      );
    }
  }
}

function refusal(limit: string, origin: string, seconds: number): Problem {
  return new Problem('rate-limited', `${origin} may make ${limit}; try again in ${seconds} s`, {
    headers: { 'retry-after': String(seconds) },
  });
}
