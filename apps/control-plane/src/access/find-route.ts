/**
 * Which entry of the table of scopes a request falls under, by Express's own rules: letters of either case, and a slash at the
 * end or none. What falls under none is for administrators, so a route that was forgotten is closed, not open.
 */
import { ROUTE_SCOPES, type RouteRule } from './route-scopes.js';

export interface FoundRoute {
  /** Method and route, for people and for counting. */
  readonly action: string;
  readonly rule: RouteRule;
}

interface Entry extends FoundRoute {
  readonly method: string;
  readonly pattern: RegExp;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function patternOf(route: string): RegExp {
  const steps = route.split('/').map((step) => {
    if (step.startsWith(':')) return '[^/]+';
    return step.startsWith('*') ? '.+' : escape(step);
  });
  return new RegExp(`^${steps.join('/')}/?$`, 'i');
}

const ENTRIES: readonly Entry[] = Object.entries(ROUTE_SCOPES).map(([action, rule]) => {
  const [method = '', route = ''] = action.split(' ');
  return { action, rule, method, pattern: patternOf(route) };
});

export function findRoute(method: string, path: string): FoundRoute {
  if (method === 'OPTIONS') return { action: `OPTIONS ${path}`, rule: { scope: 'read' } };
  const asked = method === 'HEAD' ? 'GET' : method;
  const found = ENTRIES.find((entry) => entry.method === asked && entry.pattern.test(path));
  return found ?? { action: `${method} ${path}`, rule: { scope: 'admin' } };
}
