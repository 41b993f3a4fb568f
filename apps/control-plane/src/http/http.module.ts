/**
 * What every feature shares: the logger, the table of routes and the problem filter.
 */
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { Logger } from 'pino';
import { LOGGER } from './logger.js';
import { ProblemFilter } from './problem.filter.js';
import { RouteTable } from './route-table.js';

@Module({})
export class HttpModule {
  static forRoot(logger: Logger): DynamicModule {
    return {
      module: HttpModule,
      global: true,
      providers: [
        { provide: LOGGER, useValue: logger },
        RouteTable,
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [LOGGER, RouteTable],
    };
  }
}
