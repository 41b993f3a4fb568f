/**
 * Measures every request, by its route: an address the description does not know is `unknown`, and so is a method, so that
 * strangers cannot make series.
 */
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { performance } from 'node:perf_hooks';
import type { RouteTable } from '../http/route-table.js';
import type { MetricsService } from './metrics.service.js';

const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'OPTIONS',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
]);

export function observeRequests(metrics: MetricsService, routes: RouteTable): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const began = performance.now();
    response.once('close', () => {
      const method = METHODS.has(request.method) ? request.method : 'unknown';
      const route = routes.nameOf(request.path) ?? 'unknown';
      metrics.observe(method, route, response.statusCode, (performance.now() - began) / 1_000);
    });
    next();
  };
}
