/**
 * Makes the application, without listening. The guards stand before everything that Nest or Swagger
 * register, so no route can be reached around them: log, headers, host, who it is and may, origin, content type, limits, body,
 * audit trail.
 */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { MAX_TAKING_MS, MAX_UNTAKEN_BYTES } from '@lastref/contracts';
import type { Tracing } from '@lastref/tracing';
import { AccessGuard } from './access/access.guard.js';
import { AuditTrail } from './access/audit-trail.js';
import { RateLimits } from './access/rate-limits.js';
import { AppModule } from './app.module.js';
import type { Config } from './config/config.js';
import { readBody } from './http/body.js';
import { guardContentType, guardHost, guardOrigin } from './http/guards.js';
import { createLogger, NestLog, requestLog } from './http/logger.js';
import { RouteTable } from './http/route-table.js';
import { SlowReaders } from './http/slow-readers.js';
import { securityHeaders } from './http/security-headers.js';
import { MetricsService } from './metrics/metrics.service.js';
import { observeRequests } from './metrics/observe-requests.js';
import { createDocument, serveDocument } from './openapi/document.js';
import { TRACING, traceRequests } from './tracing/tracing.module.js';

const OPTIONS = {
  bodyParser: false,
  forceCloseConnections: true,
  abortOnError: false,
} as const;

export async function createApp(config: Config): Promise<NestExpressApplication> {
  const logger = createLogger(config.logLevel);
  const options = { ...OPTIONS, logger: new NestLog(logger) };
  const module = AppModule.forRoot(config, logger);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class and takes a literal
  const app = await NestFactory.create<NestExpressApplication>(module, options);
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustedProxies.length > 0 && [...config.trustedProxies]);
  const routes = app.get(RouteTable);
  const readers = new SlowReaders(app.getHttpServer(), {
    takingMs: MAX_TAKING_MS,
    mostBytes: MAX_UNTAKEN_BYTES,
  });
  app.use(
    requestLog(logger),
    traceRequests(app.get<Tracing>(TRACING), routes),
    observeRequests(app.get(MetricsService), routes),
    securityHeaders,
    readers.guard,
    guardHost(config),
  );
  app.use(app.get(AccessGuard).handle, guardOrigin(config), guardContentType);
  app.use(app.get(RateLimits).handle, readBody, app.get(AuditTrail).handle);
  const document = createDocument(app);
  routes.load(document);
  serveDocument(app, document);
  app.enableShutdownHooks([], { useProcessExit: true });
  return app;
}
