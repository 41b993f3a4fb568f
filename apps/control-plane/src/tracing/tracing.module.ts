/**
 * Traces of requests, if the configuration names a collector: `@Inject(TRACING) tracing: Tracing`. The span of a request
 * is named by its route, never by its address, and is around all that the request leads to. A caller that traces
 * too is continued.
 */
import { openTracing, type Tracing } from '@lastref/tracing';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { randomUUID } from 'node:crypto';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import type { RouteTable } from '../http/route-table.js';
import { API_VERSION } from '../openapi/document.js';

export const TRACING = Symbol('Tracing');

@Global()
@Module({
  providers: [
    {
      provide: TRACING,
      inject: [CONFIG],
      useFactory: ({ tracesUrl }: Config): Promise<Tracing> =>
        openTracing({
          url: tracesUrl,
          service: 'lastref-control-plane',
          version: API_VERSION,
          instance: randomUUID(),
        }),
    },
  ],
  exports: [TRACING],
})
export class TracingModule implements OnApplicationShutdown {
  constructor(@Inject(TRACING) private readonly tracing: Tracing) {}

  async onApplicationShutdown(): Promise<void> {
    await this.tracing.close();
  }
}

export function traceRequests(tracing: Tracing, routes: RouteTable): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const route = routes.nameOf(request.path) ?? 'unknown';
    const parent = request.headers['traceparent'];
    const options = {
      kind: 'server',
      parent: typeof parent === 'string' ? parent : undefined,
      attributes: { 'http.request.method': request.method, 'http.route': route },
    } as const;
    void tracing.span(`${request.method} ${route}`, options, (span) => {
      const closed = new Promise<void>((resolve) => {
        response.once('close', resolve);
      });
      next();
      return closed.then(() => {
        span.add({ 'http.response.status_code': response.statusCode });
      });
    });
  };
}
