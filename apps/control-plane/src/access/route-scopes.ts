/**
 * What every route needs, in one place: a scope, or nothing for `everyone`; and what its calls are counted as, where there is a
 * limit. A spec walks the routes that are registered and fails where one is not here; until then only an administrator reaches
 * it. Written as Express writes routes. HEAD is GET, OPTIONS needs read.
 */
import type { TokenScope } from '@lastref/contracts';

export type LimitedKind = 'programs' | 'campaigns' | 'replays' | 'operations';

export interface RouteRule {
  readonly scope: TokenScope | 'everyone';
  readonly limit?: LimitedKind;
}

const everyone: RouteRule = { scope: 'everyone' };
const read: RouteRule = { scope: 'read' };
const write: RouteRule = { scope: 'write' };
const admin: RouteRule = { scope: 'admin' };

export const ROUTE_SCOPES: Readonly<Record<string, RouteRule>> = {
  'GET /': read,
  'GET /bugs/:id': read,
  'GET /style.css': everyone,

  'GET /docs': read,
  'GET /docs/*path': read,
  'GET /docs-json': read,
  'GET /docs-yaml': read,

  // For probes, which have no token: counters, no names.
  'GET /api/v1/health/live': everyone,
  'GET /api/v1/health/ready': everyone,
  'GET /api/v1/health/progress': everyone,
  'GET /api/v1/health/checks': read,
  'GET /api/v1/metrics': read,

  'GET /api/v1/scenarios': read,
  'GET /api/v1/programs': read,
  'GET /api/v1/programs/:digest': read,
  'POST /api/v1/programs': { scope: 'write', limit: 'programs' },

  'GET /api/v1/campaigns': read,
  'POST /api/v1/campaigns': { scope: 'write', limit: 'campaigns' },
  'GET /api/v1/campaigns/:id': read,
  'GET /api/v1/campaigns/:id/events': read,
  'POST /api/v1/campaigns/:id/cancel': write,
  'POST /api/v1/campaigns/:id/retry': write,

  'GET /api/v1/bugs': read,
  'GET /api/v1/bugs/:id': read,
  'GET /api/v1/failures': read,
  'GET /api/v1/reproductions': read,
  'GET /api/v1/reproductions/:id': read,
  'GET /api/v1/reproductions/:id/text': read,
  'GET /api/v1/workers': read,

  // They compute and change nothing.
  'POST /api/v1/replays': { scope: 'read', limit: 'replays' },
  'POST /api/v1/replays/steps': { scope: 'read', limit: 'replays' },
  'POST /api/v1/orders': { scope: 'read', limit: 'replays' },

  'GET /api/v1/nightlies': read,
  'POST /api/v1/nightlies': { scope: 'write', limit: 'campaigns' },
  'GET /api/v1/nightlies/:id': read,
  'PATCH /api/v1/nightlies/:id': write,
  'DELETE /api/v1/nightlies/:id': write,
  'POST /api/v1/nightlies/:id/pause': write,
  'POST /api/v1/nightlies/:id/resume': write,
  'GET /api/v1/nightlies/:id/ticks': read,
  'GET /api/v1/nightlies/:id/comparison': read,

  'GET /api/v1/operations': read,
  'POST /api/v1/operations': { scope: 'write', limit: 'operations' },
  'GET /api/v1/operations/:id': read,
  'POST /api/v1/operations/:id/cancel': write,
  'POST /api/v1/operations/:id/resume': write,
  'GET /api/v1/matrix': read,

  'GET /api/v1/incidents': read,
  'GET /api/v1/incidents/:id': read,
  'POST /api/v1/incidents/:id/close': write,

  'GET /api/v1/notifications': read,
  'GET /api/v1/notifications/:id': read,
  'POST /api/v1/notifications/:id/resend': write,
  'GET /api/v1/endpoints': admin,
  'POST /api/v1/endpoints': admin,
  'DELETE /api/v1/endpoints/:id': admin,
  'POST /api/v1/endpoints/:id/test': admin,

  'GET /api/v1/tokens': admin,
  'POST /api/v1/tokens': admin,
  'POST /api/v1/tokens/:id/revoke': admin,
  'GET /api/v1/audit': admin,
};
